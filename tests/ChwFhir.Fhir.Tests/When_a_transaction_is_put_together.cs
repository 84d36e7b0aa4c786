using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests;

public sealed class When_a_transaction_is_put_together
{
    [Test]
    public void An_entry_has_its_resource_and_its_request()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Transaction };

        bundle.AddTransactionEntry(new Patient { Id = "1" }, "urn:uuid:a", Bundle.HTTPVerb.PUT, "Patient/1", ifNoneExist: null, ifMatch: "W/\"3\"");

        Assert.That(
            FhirJson.ToJson(bundle),
            Is.EqualTo("""{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient/1","ifMatch":"W/\u00223\u0022"}}]}""".Replace("\\u0022", "\\\"", StringComparison.Ordinal)));
    }

    [Test]
    public void A_reference_needs_an_id()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new Patient { Id = "7" }.ToReference("She").Reference, Is.EqualTo("Patient/7"));
            Assert.That(() => new Patient().ToReference(), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void A_concept_has_what_one_of_its_codings_says()
    {
        var concept = new CodeableConcept { Coding = [new Coding("http://a.org", "x"), new Coding("http://b.org", "y")] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(concept.Has("http://b.org", "y"));
            Assert.That(concept.Has("http://b.org", "x"), Is.False);
            Assert.That(((CodeableConcept?)null).Has("http://b.org", "x"), Is.False);
        }
    }

    [Test]
    public void The_next_page_is_a_link()
    {
        var bundle = FhirJson.Parse<Bundle>("""{"resourceType":"Bundle","link":[{"relation":"self","url":"a"},{"relation":"next","url":"http://x.org/p?page=2"}]}""");

        Assert.That(bundle.NextLink, Is.EqualTo(new Uri("http://x.org/p?page=2")));
        bundle.NextLink = null;
        Assert.That(bundle.Link.Select(link => link.Relation), Is.EqualTo(new[] { "self" }));
    }

    [Test]
    public void What_cannot_stand_in_a_choice_is_not_written() =>
        Assert.That(() => FhirJson.ToJson(new Observation { Value = new Narrative() }), Throws.InvalidOperationException);

    [Test]
    public void Children_are_found_in_order()
    {
        var encounter = new Encounter { Meta = new Meta(), Subject = new ResourceReference("Patient/1"), Participant = [new() { Individual = new ResourceReference("Practitioner/2") }] };

        Assert.That(encounter.Children.Select(child => child.TypeName), Is.EqualTo(new[] { "Meta", "Reference", "Encounter#Participant" }));
    }
}
