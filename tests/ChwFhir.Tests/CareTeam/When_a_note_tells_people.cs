using System.Text.Json.Nodes;
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
}
