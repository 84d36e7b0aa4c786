using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Queue;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_more_is_known_than_at_the_receipt(string provider)
{
    [Test]
    public async Task A_flag_in_a_childs_screening_is_for_the_few_as_soon_as_the_EHR_has_said_that_it_is_a_child()
    {
        await using var team = await TheTeam.OpenAsync(provider);
        team.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"2014-04-02","name":[{"family":"Lind"}]}""");
        team.Ehr.Put("""{"resourceType":"Practitioner","id":"chw-1","name":[{"family":"Delgado"}]}""");
        var note = SomeVisit.Note();
        note.Remove("messages");
        note["screenings"] = JsonNode.Parse("""[ { "instrument": "phq-9", "answers": [ { "item": "44260-8", "answer": 2 } ] } ]""");
        await team.PostAsync(Encoding.UTF8.GetBytes(note.ToJsonString()));
        var before = (await team.MessageAsync(key: "message/red-flag")).To.Select(to => to.Recipient).ToList();

        await team.WriteAsync();

        var after = await team.MessageAsync(key: "message/red-flag");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { "care-team" }));
            Assert.That(after.Held, Is.True);
            Assert.That(after.To.Select(to => to.Recipient), Is.EquivalentTo(new[] { "supervisor", "social-work" }));
        }
    }

    [Test]
    public async Task A_rise_of_somebody_known_by_an_identifier_raises_its_alert_when_the_EHR_has_said_who_it_is()
    {
        await using var team = await TheTeam.OpenAsync(provider);
        team.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"1963-04-02","name":[{"family":"Lind"}],"identifier":[{"system":"urn:mrn","value":"100"}]}""");
        team.Ehr.Put("""{"resourceType":"Practitioner","id":"chw-1","name":[{"family":"Delgado"}]}""");
        await team.PostAsync(Pain("n1", day: 1, score: 3));
        await team.PostAsync(Pain("n2", day: 3, score: 6));
        var before = (await team.StatusAsync("n2")).Messages.Count;

        await team.WriteAsync();

        Assert.That(before, Is.Zero);
        Assert.That((await team.StatusAsync("n2")).Messages.Select(message => message.Key), Is.EqualTo(new[] { "message/red-flag" }));
    }

    private static byte[] Pain(string id, int day, int score)
    {
        var note = SomeVisit.Note(id, day);
        note.Remove("messages");
        note["patient"] = JsonNode.Parse("""{ "identifier": { "system": "urn:mrn", "value": "100" } }""");
        note["symptoms"] = new JsonArray(new JsonObject { ["symptom"] = "pain", ["score"] = score });
        return Encoding.UTF8.GetBytes(note.ToJsonString());
    }
}
