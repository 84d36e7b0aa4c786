using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Tests.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>A profile holds of a resource wherever it is: also when it was taken back, when a clinician has confirmed it, and in the form that a strict EHR takes.</summary>
internal sealed class When_a_resource_is_not_the_first_one
{
    private static IEnumerable<string> Names => Samples.Names;

    [TestCaseSource(nameof(Names))]
    public void Entered_in_error_it_still_keeps_what_it_claims(string sample)
    {
        var taken = Samples.Map(sample).Resources.Select(one => EnteredInError.Of(one.Resource)).OfType<Resource>().ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.Not.Empty);
            foreach (var resource in taken)
                Assert.That(TheGuide.Validation.Validate(resource).Errors, Is.Empty, resource.TypeName);
        }
    }

    [Test]
    public void A_need_that_a_clinician_confirmed_is_one_still()
    {
        var need = Samples.Map("full").Resources.Select(one => one.Resource).OfType<Condition>().First();
        need.VerificationStatus = new CodeableConcept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed");

        Assert.That(TheGuide.Validation.Validate(need).Errors, Is.Empty);
    }

    [Test]
    public void A_note_as_plain_text_alone_claims_US_Core_and_not_ours()
    {
        var note = Samples.Map("full").Resources.Single(one => one.Key == "note");

        var form = PlainTextAlone.Apply(new Form(note.Resource, []), EhrForms.Plainest);

        Assert.That(form.Resource.Meta!.Profile, Is.EqualTo(new[] { "http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference" }));
        Assert.That(TheGuide.Validation.Validate(form.Resource).Errors, Is.Empty);
        Assert.That(note.Resource.Meta!.Profile, Does.Contain(OwnProfiles.VisitNote));
    }
}
