using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.CareTeam;
using ChwFhir.Queue;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

public sealed class When_a_note_tells_people
{
    [Test]
    public async Task Its_messages_are_on_disk_with_it_while_the_EHR_is_down()
    {
        var ehr = new ScriptedEhr { IsDown = true };
        await using var service = TheService.Over(ehr);

        var accepted = await service.PostAsync(SomeVisit.Note());
        await service.RestartAsync();

        var kept = await service.StatusAsync("n1");
        Assert.That(accepted.Messages, Is.EqualTo(new[] { new MessageStatus("message/m1", "waiting") }));
        Assert.That(kept.Messages, Is.EqualTo(accepted.Messages));
    }

    [Test]
    public async Task A_red_flag_that_no_message_carries_becomes_one_alert()
    {
        await using var service = TheService.Over(new ScriptedEhr { IsDown = true });
        var note = SomeVisit.Note();
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 9, "reportedBy": "patient" }, { "symptom": "breathlessness", "score": 8 } ]""");

        var accepted = await service.PostAsync(note);

        Assert.That(accepted.Messages.Select(message => message.Key), Is.EqualTo(new[] { "message/m1", "message/red-flag" }));
    }

    [Test]
    public async Task Whom_a_part_is_held_for_is_told_that_there_is_one_and_not_what()
    {
        await using var service = TheService.Over(new ScriptedEhr { IsDown = true });
        var note = SomeVisit.Note();
        note["sections"] = JsonNode.Parse("""[ { "title": "Money", "text": "Marker-of-the-part", "hold": { "why": "told-in-confidence", "for": ["social-work"] } } ]""");

        var accepted = await service.PostAsync(note);

        Assert.That(accepted.Messages.Select(message => message.Key), Is.EqualTo(new[] { "message/m1", "message/held" }));
    }

    [TestCase("danger", "social-work", true, "urgent")]
    [TestCase("told-in-confidence", "social-work", true, "routine")]
    [TestCase("told-in-confidence", "supervisor", false, null)]
    public async Task Nobody_else_hears_of_a_held_part(string why, string recipient, bool told, string? urgency)
    {
        await using var team = await TheTeam.OpenAsync(StorageOptions.Sqlite);
        var note = SomeVisit.Note("n1");
        note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "Marker-of-the-part", "hold": { "why": "{{why}}", "for": ["{{recipient}}"] } } ]""");
        await team.PostAsync(Encoding.UTF8.GetBytes(note.ToJsonString()));

        var inbox = (await team.Desk.ListAsync(new TeamCaller("Practitioner/sw-1", "social-worker"), new MessageQuery(), default)).Items.Where(message => message.Topic == "held-part").ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inbox.Select(message => message.Urgency), Is.EqualTo(told ? [urgency] : Array.Empty<string?>()));
            Assert.That(inbox.Select(message => message.Text), Has.None.Contains("Marker"));
        }
    }

    [TestCase("[]", new[] { "message/m1", "message/held" }, TestName = "A_held_message_about_something_else_does_not_stand_for_a_held_part")]
    [TestCase("""["concern/money"]""", new[] { "message/m1" }, TestName = "A_held_message_that_names_the_held_part_is_enough")]
    public async Task A_held_message_stands_for_the_parts_that_it_speaks_of(string about, string[] told)
    {
        await using var service = TheService.Over(new ScriptedEhr { IsDown = true });
        var note = SomeVisit.Note();
        note["concerns"] = JsonNode.Parse("""[ { "id": "money", "domain": "financial-insecurity", "text": "Marker-of-the-part", "hold": { "why": "danger", "for": ["social-work"] } } ]""");
        note["messages"] = JsonNode.Parse($$"""[ { "id": "m1", "to": ["social-work"], "text": "Please call me.", "about": {{about}}, "hold": { "why": "told-in-confidence", "for": ["social-work"] } } ]""");

        var accepted = await service.PostAsync(note);

        Assert.That(accepted.Messages.Select(message => message.Key), Is.EqualTo(told));
    }
}
