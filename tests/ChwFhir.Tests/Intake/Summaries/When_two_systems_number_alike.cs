using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Summaries;

internal sealed class When_two_systems_number_alike
{
    [TestCase("urn:oid:2.16.840.1.113883.19.5.3", "DOC77", "2.16.840.1.113883.19.5.3_DOC77")]
    [TestCase("urn:hl7v2:authority:ACME", "DOC77", "ACME_DOC77")]
    [TestCase("urn:uuid:6b1f0c2e-0000-4000-8000-000000000001", "7", "6b1f0c2e-0000-4000-8000-000000000001_7")]
    public void The_id_says_who_gave_the_number(string system, string value, string id) => Assert.That(DocumentNumber.WithSystem(new PersonIdentifier(system, value)), Is.EqualTo(id));

    [TestCase("https://hospital.example/docs", "DOC77", "DOC77.")]
    [TestCase("", "DOC77", "DOC77.")]
    [TestCase("urn:hl7v2:authority:ACME", "a/b", "a-b.")]
    [TestCase("urn:oid:1.2.3.4.5.6.7.8.9.10.11.12.13", "0123456789012345678901234567890123456789012345678", "01234567890123456789012345678901234567890123456.")]
    public void What_an_id_cannot_hold_is_named_by_a_hash_behind_the_number(string system, string value, string start)
    {
        var id = DocumentNumber.WithSystem(new PersonIdentifier(system, value));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(id, Does.StartWith(start).And.Match("^[A-Za-z0-9._-]{1,64}$"));
        Assert.That(id, Is.EqualTo(DocumentNumber.WithSystem(new PersonIdentifier(system, value))), "however often it comes");
        Assert.That(id, Is.Not.EqualTo(DocumentNumber.WithSystem(new PersonIdentifier(system + "/other", value))));
    }
}
