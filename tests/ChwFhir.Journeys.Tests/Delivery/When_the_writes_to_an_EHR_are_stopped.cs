using System.Net;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Delivery;

internal sealed class When_the_writes_to_an_EHR_are_stopped
{
    [Test]
    public async Task Notes_are_taken_and_wait_until_somebody_starts_them_again()
    {
        await using var town = await Town.StartAsync();
        await WriteAsync(town);
        var documents = await town.DocumentsAsync("Patient/thomas-n");

        var stopped = await town.TurnAsync("pause", """{ "reason": "the EHR is upgraded tonight" }""");
        var note = Some.Note();
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        await Task.Delay(TimeSpan.FromSeconds(3));
        var waiting = await town.StatusAsync((string)note["id"]!);
        var meanwhile = await town.DocumentsAsync("Patient/thomas-n");
        var desk = await town.DeliveryAsync();
        var resumed = await town.TurnAsync("resume");
        var settled = await town.SettledAsync((string)note["id"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)stopped["state"], Is.EqualTo("stopped"));
            Assert.That((string?)stopped["stopped"]!["reason"], Is.EqualTo("the EHR is upgraded tonight"));
            Assert.That((string?)stopped["stopped"]!["by"], Is.EqualTo("Practitioner/chw-1"), "who called");
            Assert.That(DateTimeOffset.Parse((string)stopped["stopped"]!["at"]!), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(((string?)waiting["state"], (int)waiting["attempts"]!), Is.EqualTo(("queued", 0)));
            Assert.That(meanwhile, Is.EqualTo(documents));
            Assert.That((int)desk["counts"]!["queued"]!, Is.EqualTo(1));
            Assert.That(desk["oldestWaiting"], Is.Not.Null);
            Assert.That((string?)resumed["state"], Is.EqualTo("up"));
            Assert.That(resumed["stopped"], Is.Null);
            Assert.That((string?)settled["state"], Is.EqualTo("written"));
        }
    }

    [Test]
    public async Task They_stay_stopped_after_a_restart()
    {
        using var folder = new TempFolder();
        await using (var before = await Town.StartAsync(("Storage__Directory", folder.Path), ("Ehr__BaseUrl", "http://localhost:9/fhir")))
            await before.TurnAsync("pause");

        await using var town = await Town.StartAsync(("Storage__Directory", folder.Path), ("Ehr__BaseUrl", "http://localhost:9/fhir"));
        var still = await town.EndpointAsync();
        await town.TurnAsync("resume");
        var lifted = await town.EndpointAsync();

        Assert.That(((string?)still["state"], lifted["stopped"]), Is.EqualTo(("stopped", (JsonNode?)null)));
    }

    [Test]
    public async Task Who_stopped_them_first_is_told_to_whoever_stops_them_too()
    {
        await using var town = await Town.StartAsync();
        await town.TurnAsync("pause", """{ "reason": "first" }""");

        var again = await town.TurnAsync("pause", """{ "reason": "second" }""");

        Assert.That((string?)again["stopped"]!["reason"], Is.EqualTo("first"));
    }

    [TestCase("nowhere", null, 404)]
    [TestCase(null, "[]", 422)]
    [TestCase(null, """{ "because": "x" }""", 422)]
    [TestCase(null, """{ "reason": 7 }""", 422)]
    [TestCase(null, """{ "reason": "\ud800" }""", 400)]
    [TestCase(null, "not json", 400)]
    public async Task An_order_that_makes_no_sense_changes_nothing(string? name, string? body, int status)
    {
        await using var town = await Town.StartAsync();
        name ??= (string)(await town.EndpointAsync())["name"]!;

        var answer = await town.SendAsync($"/api/v1/delivery/endpoints/{name}/pause", body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)answer.Status, Is.EqualTo(status), answer.Body);
            Assert.That((string?)(await town.EndpointAsync())["state"], Is.Not.EqualTo("stopped"));
        }
    }

    private static async Task WriteAsync(Town town)
    {
        var note = Some.Note();
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((string?)(await town.SettledAsync((string)note["id"]!))["state"], Is.EqualTo("written"));
    }
}
