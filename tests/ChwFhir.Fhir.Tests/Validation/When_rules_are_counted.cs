using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Validation;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_rules_are_counted
{
    // Of definitions, which are published and not sent; those who publish have publishers' tools.
    private static readonly string[] Definitions = ["StructureDefinition", "ElementDefinition", "ValueSet", "CodeSystem", "ConceptMap", "NamingSystem", "SearchParameter", "ImplementationGuide"];

    [Test]
    public void Every_rule_that_a_clinical_resource_can_meet_is_written()
    {
        var types = (string[])[.. typeof(Resource).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Base)) && !type.IsAbstract && type.GetConstructor([]) is not null).Select(type => ((Base)Activator.CreateInstance(type)!).TypeName)];

        var missing = types.Distinct()
            .Where(type => !Definitions.Contains(type.Split('#')[0]))
            .SelectMany(type => TypeTable.Of(type)?.RuleKeys ?? [])
            .Where(key => !BaseRules.Has(key.TrimEnd('?')))
            .Distinct();

        Assert.That(types, Has.Length.GreaterThan(250));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void What_the_profiles_ask_and_nobody_looks_at_is_known()
    {
        string[] known =
        [
            "http://hl7.org/fhir/us/core/StructureDefinition/us-core-medicationdispense: MedicationDispense has no model",
            "http://hl7.org/fhir/us/core/StructureDefinition/us-core-specimen: Specimen has no model",
        ];

        Assert.That(TheProfiles.Validation.NotChecked, Is.EquivalentTo(known));
    }
}
