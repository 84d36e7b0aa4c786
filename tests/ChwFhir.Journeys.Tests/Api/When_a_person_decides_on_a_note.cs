using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_person_decides_on_a_note
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task StartTheTown() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task StopTheTown() => await town.DisposeAsync();

    [Test]
    public async Task A_chart_that_may_be_the_wrong_one_is_confirmed_and_the_note_is_written()
    {
        var note = SomeNote.Small().Set("/id", "\"wrong-name\"").Set("/patient", """{"reference":"Patient/rosa-m","check":{"familyName":"Somebody-Else"}}""").Set("/visit/encounter", """{"reference":"Encounter/rosa-m-home-1"}""").Set("/author", """{"reference":"Practitioner/chw-1"}""");
        await PostAsync("/api/v1/visit-notes", Encoding.UTF8.GetString(note.Bytes()));
        await StateAsync("wrong-name", "needs-attention");

        var wrong = await PostAsync("/api/v1/visit-notes/wrong-name/resolve", """{ "key": "patient", "decision": "written", "reference": "Patient/nobody" }""");
        var kept = await PostAsync("/api/v1/visit-notes/wrong-name/resolve", """{ "key": "patient", "decision": "written", "reference": "Patient/rosa-m", "reason": "married last year" }""");
        var status = await StateAsync("wrong-name", "written");
        var history = JsonNode.Parse(await town.Http.GetStringAsync("/api/v1/visit-notes/wrong-name/history"))!;
        var again = await PostAsync("/api/v1/visit-notes/wrong-name/resolve", """{ "key": "patient", "decision": "written", "reference": "Patient/rosa-m" }""");

        using var together = Assert.EnterMultipleScope();
        Assert.That((wrong.Status, (string?)wrong.Body["errors"]?[0]?["pointer"], (string?)wrong.Body["errors"]?[0]?["code"]), Is.EqualTo((422, "/reference", "not-found")));
        Assert.That(kept.Status, Is.EqualTo(202));
        Assert.That((string?)status["patient"], Is.EqualTo("Patient/rosa-m"));
        Assert.That(((string?)history["decisions"]?[0]?["decision"], (string?)history["decisions"]?[0]?["reason"]), Is.EqualTo(("written", "married last year")));
        Assert.That((again.Status, (string?)again.Body["code"]), Is.EqualTo((409, "nothing-open")));
    }

    [TestCase("{ \"key\": \"note\" }", 404)]
    [TestCase("{ \"key\": 1 }", 422)]
    [TestCase("{ \"key\": \"note\", \"decision\": \"written\", \"because\": \"x\" }", 422)]
    [TestCase("[]", 422)]
    [TestCase("{", 400)]
    public async Task What_cannot_be_taken_is_said(string body, int expected) =>
        Assert.That((await PostAsync("/api/v1/visit-notes/no-such-note/resolve", body)).Status, Is.EqualTo(expected));

    private async Task<JsonNode> StateAsync(string id, string state)
    {
        for (var patience = 0; ; patience++)
        {
            var status = JsonNode.Parse(await town.Http.GetStringAsync($"/api/v1/visit-notes/{id}"))!;
            if ((string?)status["state"] == state || patience > 300)
            {
                Assert.That((string?)status["state"], Is.EqualTo(state), status.ToJsonString());
                return status;
            }
            await Task.Delay(50);
        }
    }

    private async Task<(int Status, JsonNode Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var answer = await town.Http.PostAsync(path, content);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
