using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed partial class When_real_charts_are_validated
{
    [Test]
    public async Task Both_validators_are_of_one_mind()
    {
        var resources = Resources(Needs.TestData()).ToList();
        Needs.ForeignFhir();

        var theirs = await ForeignValidator.ErrorsOfEachAsync(resources.Select(one => one.Resource));
        var ours = resources.Select(one => When_an_example_is_broken.Validate(one.Resource)).ToList();

        var missed = Enumerable.Range(0, resources.Count).Where(at => ours[at].IsValid && theirs[at].Any() && !TheyMisread(theirs[at])).Select(at => $"{resources[at].Name}: {theirs[at].First()}").ToList();
        var alone = Enumerable.Range(0, resources.Count).Where(at => !ours[at].IsValid && !theirs[at].Any())
            .SelectMany(at => ours[at].Errors.Select(error => (Place: Index().Replace(error.Expression, ""), error.Rule, resources[at].Name))).ToList();
        TestContext.Out.WriteLine($"{resources.Count} resources, {Enumerable.Range(0, resources.Count).Count(at => ours[at].IsValid != theirs[at].Any())} judged alike");
        foreach (var one in alone.CountBy(one => (one.Place, one.Rule)))
            TestContext.Out.WriteLine($"only ours: {one.Key.Place}, {one.Key.Rule}, {one.Value} times");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(missed, Is.Empty);
            Assert.That(alone.Where(one => !WeAreStricter.ContainsKey((one.Place, one.Rule))), Is.Empty, "refused by us alone, and not known to be wrong");
            Assert.That(WeAreStricter.Keys.Except(alone.Select(one => (one.Place, one.Rule))), Is.Empty, "no longer refused");
        }
    }

    private const string Id = "datatypes.html#id: at most 64 letters, digits, hyphens and full stops; they look at no form of an id";
    private const string Narrative = "narrative.html#xhtml: escaped markup or quotes where XHTML should be; they do not look at narratives";
    private const string Period = "datatypes.html#Period: the end is before the start; they do not compare times";

    // All that we find and they do not, and the page by which it is a fault.
    private static readonly Dictionary<(string Place, string Rule), string> WeAreStricter = new()
    {
        [("AllergyIntolerance.id", "format")] = Id,
        [("Medication.id", "format")] = Id,
        [("Observation.id", "format")] = Id,
        [("Observation.value.text", "format")] = "datatypes.html#string: no empty text",
        [("CarePlan.text", "txt-1")] = Narrative,
        [("Communication.text", "txt-1")] = Narrative,
        [("Condition.text", "txt-1")] = Narrative,
        [("Consent.text", "txt-1")] = Narrative,
        [("DocumentReference.text", "txt-1")] = Narrative,
        [("Provenance.text", "txt-1")] = Narrative,
        [("Consent.provision.period", "per-1")] = Period,
        [("Encounter.period", "per-1")] = Period,
        [("Immunization.location", "reference-target")] = "us/core StructureDefinition-us-core-immunization: a contained Location without a name is no US Core Location; they look at no targets",
        [("Observation.derivedFrom", "reference-target")] = "references.html#Reference.type: QuestionnaireResponse-123 is no type; they look at no targets",
        [("Patient.extension.extension", "slicing")] = "us/core StructureDefinition-us-core-race: extension text 1..1; they hold extensions to their definitions only under a claimed profile",
        [("Patient.language", "binding")] = "resource.html#Resource.language: English- [en] is no language tag; they do not look at the maximal value set",
        [("Practitioner.identifier", "us-core-16")] = "us/core STU7 StructureDefinition-us-core-practitioner: identifier:NPI has us-core-16 as an error, and NPIs of six and of nine digits claim the profile, without a version, so the one that is loaded; they do not look at rules on slices",
    };

    // Their walk hands a primitive that has only extensions to the terminology as an object.
    private static bool TheyMisread(IEnumerable<string> errors) => errors.All(error => error.Contains("[object Object]", StringComparison.Ordinal));

    private static IEnumerable<(string Name, JsonNode Resource)> Resources(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Parsed(file) is not JsonObject json || json["resourceType"] is null)
                continue;

            var name = Path.GetRelativePath(folder, file);
            if ((string?)json["resourceType"] != "Bundle")
            {
                if (IsModelled(json))
                    yield return (name, json);
                continue;
            }

            foreach (var (at, entry) in (json["entry"] as JsonArray ?? []).Index())
            {
                if (entry?["resource"] is { } resource && IsModelled(resource))
                    yield return ($"{name} entry {at}", resource.DeepClone());
            }
        }
    }

    private static bool IsModelled(JsonNode json) => FhirJson.Read<Resource>(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Resource is not (null or UnmodelledResource);

    private static JsonNode? Parsed(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file));
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
