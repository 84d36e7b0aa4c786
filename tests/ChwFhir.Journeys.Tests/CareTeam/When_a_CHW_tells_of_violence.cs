using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.CareTeam;

internal sealed class When_a_CHW_tells_of_violence
{
    private const string Words = "She is afraid of her husband";

    [Test]
    public async Task Their_own_supervisor_and_social_work_read_it_and_no_other_supervisor()
    {
        await using var town = await PanelTown.StartAsync();
        var note = Some.Note("Patient/rosa-m").Also(note => note["concerns"] = JsonNode.Parse($$"""[ { "domain": "intimate-partner-violence", "text": "{{Words}}" } ]"""));
        await town.Dolores.PostAsync("/api/v1/visit-notes", note.ToJsonString());

        var own = (await InboxAsync(town.Supervisor)).Single();
        var id = (string)own["id"]!;
        var others = await InboxAsync(town.OtherSupervisor);
        var asked = await InboxAsync(town.OtherSupervisor, "?to=supervisor&patient=Patient/rosa-m");
        var (read, refused) = (await town.Supervisor.GetAsync($"/api/v1/messages/{id}"), await town.OtherSupervisor.GetAsync($"/api/v1/messages/{id}"));
        var taken = await town.OtherSupervisor.PostAsync($"/api/v1/messages/{id}/take", null);
        var social = await InboxAsync(town.Of("wanda", "social-worker", ("fhirUser", "Practitioner/sw-1")));

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)own["text"], Does.Contain(Words));
        Assert.That((bool?)own["held"], Is.True);
        Assert.That((others.Count, asked.Count, refused.Status, taken.Status), Is.EqualTo((0, 0, 404, 404)));
        Assert.That((read.Status, (string?)read.Body!["text"]), Is.EqualTo((200, (string?)own["text"])));
        Assert.That(social.Select(message => (string?)message["id"]), Does.Contain(id));
    }

    private static async Task<IReadOnlyList<JsonNode>> InboxAsync(Somebody reader, string query = "")
    {
        var (status, body) = await reader.GetAsync($"/api/v1/messages{query}");
        Assert.That(status, Is.EqualTo(200));
        return [.. body!["items"]!.AsArray().Select(item => item!)];
    }
}
