using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_messages_are_mapped
{
    [Test]
    public void The_callback_comes_first_and_a_reply_is_due_by_urgency()
    {
        var mapped = Notes.Map("""{ "authored": "2026-11-03T16:00:00-05:00", "messages": [ { "id": "m1", "to": ["nurse"], "urgency": "stat", "text": "Please call.", "needsReply": true, "callback": { "name": "Imani", "relationship": "daughter", "phone": "555-9", "voicemailOk": false } } ] }""");

        var (message, task) = (mapped.The<Communication>("message/m1"), mapped.The<FhirTask>("message/m1/task"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((FhirString)message.Payload[0].Content!).Value, Is.EqualTo("Call back: Imani (daughter), 555-9, leave no voicemail.\n\nPlease call."));
            Assert.That(message.Sent, Is.EqualTo("2026-11-03T16:00:00-05:00"));
            Assert.That(message.Recipient[0].Reference, Is.EqualTo("Practitioner/nurse-1"));
            Assert.That(task.Focus!.Reference, Is.EqualTo(mapped.Url("message/m1")));
            Assert.That(task.Owner!.Reference, Is.EqualTo("Practitioner/nurse-1"));
            Assert.That(task.Restriction!.Period!.End, Is.EqualTo("2026-11-03T16:15:00-05:00"));
        }
    }

    [Test]
    public void A_role_that_nobody_has_stands_by_name_with_an_issue()
    {
        var mapped = Notes.Map("""{ "messages": [ { "id": "m1", "to": ["pharmacy"], "text": "Hello" } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<Communication>("message/m1").Recipient[0].Display, Is.EqualTo("Pharmacy"));
            Assert.That(mapped.The<Communication>("message/m1").Recipient[0].Reference, Is.Null);
            Assert.That(mapped.Issues, Has.Some.Matches<ChwFhir.Intake.NoteIssue>(issue => issue!.Code == "recipient-not-found" && issue.Pointer == "/messages/0/to"));
        }
    }

    [TestCase("CareTeam/t1", 1)]
    [TestCase(null, 3)]
    public void The_care_team_is_the_team_or_else_each_of_its_members(string? careTeam, int recipients)
    {
        var mapped = Notes.Map("""{ "messages": [ { "id": "m1", "to": ["care-team"], "text": "Hello" } ] }""", Notes.TheChart with { CareTeam = careTeam });

        Assert.That(mapped.The<Communication>("message/m1").Recipient, Has.Count.EqualTo(recipients));
    }

    [Test]
    public void A_question_about_medicines_goes_to_clinicians_too()
    {
        var mapped = Notes.Map("""{ "messages": [ { "id": "m1", "to": ["social-work"], "topic": "medication-question", "text": "Two or three tablets?" } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<Communication>("message/m1").Recipient.Select(to => to.Reference), Does.Contain("Practitioner/nurse-1"));
            Assert.That(mapped.Codes(), Does.Contain("scope-of-practice"));
        }
    }

    [Test]
    public void Who_cannot_be_looked_up_stands_as_a_conditional_reference()
    {
        var mapped = Notes.Map("""{ "author": { "identifier": { "system": "urn:s", "value": "7" } } }""", new() { Patient = "Patient?identifier=urn:mrn|42" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<DocumentReference>("note").Author[0].Reference, Is.EqualTo("Practitioner?identifier=urn:s|7"));
            Assert.That(mapped.The<DocumentReference>("note").Subject!.Reference, Is.EqualTo("Patient?identifier=urn:mrn|42"));
            Assert.That(mapped.Codes().Count(code => code == "unresolved-person"), Is.EqualTo(2));
        }
    }

    [Test]
    public void The_provenance_says_who_wrote_what_from_which_note()
    {
        var mapped = Notes.Map("""{ "id": "n-7" }""");

        var provenance = mapped.The<Provenance>("provenance");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(provenance.Target.Select(target => target.Reference), Is.EqualTo(mapped.Resources.SkipLast(1).Select(one => one.FullUrl)));
            Assert.That(provenance.Meta!.Tag[0].Code, Is.EqualTo("n-7/provenance"));
            Assert.That(provenance.Entity[0].What!.Identifier!.Value, Is.EqualTo("n-7"));
            Assert.That(provenance.Agent.Select(agent => agent.OnBehalfOf), Has.None.Null);
            Assert.That(mapped.ToTransaction().Entry[^1].Request!.IfNoneExist, Is.EqualTo("_tag=urn:chwfhir:note|n-7/provenance"));
            Assert.That(mapped.ToTransaction().Entry[0].Request!.IfNoneExist, Is.EqualTo("identifier=urn:chwfhir:note|n-7/encounter"));
        }
    }
}
