using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Delivery;

internal sealed class When_a_supervisor_looks_at_the_desk
{
    [Test]
    public async Task What_is_written_and_what_needs_a_person_are_counted_with_the_reason()
    {
        await using var town = await Town.StartAsync();
        var good = Some.Note();
        var wrong = Some.Note("Patient/marion-o-old");
        foreach (var note in new[] { good, wrong })
        {
            using var taken = await town.PostNoteAsync(note.ToJsonString());
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await taken.Content.ReadAsStringAsync());
        }
        await town.SettledAsync((string)good["id"]!);
        var waits = await town.SettledAsync((string)wrong["id"]!);
        Assert.That((string?)waits["state"], Is.EqualTo("needs-attention"), waits.ToJsonString());
        var code = (string)waits["issues"]!.AsArray().First(issue => (string?)issue!["severity"] == "error")!["code"]!;

        var desk = await town.DeliveryAsync();
        var endpoint = desk["endpoints"]!.AsArray().Single()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(desk["counts"]!.ToJsonString(), Is.EqualTo("""{"queued":0,"writing":0,"written":1,"needs-attention":1,"retracted":0}"""));
            Assert.That(desk["oldestWaiting"], Is.Null);
            Assert.That(desk["needsAttention"]!.AsArray().Select(one => ((string?)one!["code"], (int)one["notes"]!)), Is.EqualTo(new[] { (code, 1) }));
            Assert.That((string?)endpoint["state"], Is.EqualTo("up"));
            Assert.That(((string?)endpoint["reads"]!["circuit"], (string?)endpoint["writes"]!["circuit"]), Is.EqualTo(("closed", "closed")));
            Assert.That((string?)endpoint["circuit"], Is.EqualTo("closed"));
            Assert.That(endpoint["lastAnsweredAt"], Is.Not.Null);
            Assert.That((string?)endpoint["name"], Does.Match(@"^127\.0\.0\.1-[0-9]+-[0-9a-f]{4}$"));
            Assert.That(desk["otherEhrs"]!.AsArray(), Is.Empty);
            Assert.That(desk.ToJsonString(), Does.Not.Contain("thomas-n").And.Not.Contain("marion"));
        }
    }

    [Test]
    public async Task An_EHR_out_of_reach_shows_why_and_when_it_is_tried_again()
    {
        await using var town = await Town.StartAsync(("Ehr__BaseUrl", "http://localhost:9/fhir"));
        using var taken = await town.PostNoteAsync(Some.Note().ToJsonString());
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));

        var endpoint = await town.EndpointAsync();
        for (var patience = 0; patience < 100 && (int)endpoint["reads"]!["pauses"]! == 0; patience++)
        {
            await Task.Delay(100);
            endpoint = await town.EndpointAsync();
        }

        var reads = endpoint["reads"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)endpoint["state"], Is.AnyOf("resting", "probing"));
            Assert.That((string?)reads["circuit"], Is.AnyOf("open", "half-open").And.EqualTo((string?)endpoint["circuit"]));
            Assert.That((string?)reads["reason"], Is.AnyOf("no-connection", "failing"));
            Assert.That((string?)reads["since"], Is.Not.Null);
            Assert.That((string?)reads["until"], Is.Not.Null);
            Assert.That(endpoint["lastAnsweredAt"], Is.Null);
        }
    }

    [Test]
    public async Task Notes_of_another_EHR_wait_and_are_told_and_nothing_of_them_is_sent()
    {
        using var folder = new TempFolder();
        var note = Some.Note();
        await using (var before = await Town.StartAsync(("Storage__Directory", folder.Path), ("Ehr__BaseUrl", "http://localhost:9/fhir")))
        {
            using var taken = await before.PostNoteAsync(note.ToJsonString());
            Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        }

        await using var town = await Town.StartAsync(("Storage__Directory", folder.Path));
        var own = Some.Note("Patient/walter-b");
        using var posted = await town.PostNoteAsync(own.ToJsonString());
        var written = await town.SettledAsync((string)own["id"]!);
        var desk = await town.DeliveryAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)written["state"], Is.EqualTo("written"), "what is this EHR's is not held up");
            Assert.That((string?)desk["otherEhrs"]!.AsArray().Single()!["name"], Does.StartWith("localhost-9-"));
            Assert.That((int)desk["otherEhrs"]![0]!["waiting"]!, Is.EqualTo(1));
            Assert.That((int)desk["counts"]!["queued"]!, Is.Zero);
            Assert.That(await town.DocumentsAsync("Patient/thomas-n"), Is.Zero);
            Assert.That((int)(await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}")).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Every_write_of_a_note_is_in_its_history()
    {
        await using var town = await Town.StartAsync();
        var note = Some.Note(narrative: "A word that belongs into the chart alone: Quixquux.");
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync((string)note["id"]!);

        var text = await town.Http.GetStringAsync($"/api/v1/visit-notes/{note["id"]}/history");
        var write = JsonNode.Parse(text)!["items"]!.AsArray().First()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)write["interaction"], Is.EqualTo("transaction"));
            Assert.That((string?)write["method"], Is.EqualTo("POST"));
            Assert.That(write["keys"]!.AsArray().Select(key => (string?)key), Does.Contain("encounter"));
            Assert.That(write["outcomes"]!.AsArray().Select(outcome => ((string?)outcome!["word"], (int?)outcome["status"], (long)outcome["milliseconds"]! >= 0)), Is.EqualTo(new[] { ("done", 200, true) }));
            Assert.That(text, Does.Not.Contain("Quixquux").And.Not.Contain("thomas-n"));
            Assert.That((int)(await town.Http.GetAsync("/api/v1/visit-notes/nobody/history")).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Many_notes_are_tried_again_by_the_reason_that_is_counted()
    {
        await using var town = await Town.StartAsync();
        var note = Some.Note("Patient/marion-o-old");
        using var taken = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync((string)note["id"]!);
        var code = (string)(await town.DeliveryAsync())["needsAttention"]![0]!["code"]!;
        var revision = (await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}")).Headers.ETag!.Tag;

        var none = await town.SendAsync("/api/v1/delivery/retry", """{ "code": "no-such-code" }""");
        var some = await town.SendAsync("/api/v1/delivery/retry", $$"""{ "code": "{{code}}" }""");
        var settled = await town.SettledAsync((string)note["id"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((none.Status, none.Body), Is.EqualTo((HttpStatusCode.Accepted, """{"notes":0}""")));
            Assert.That((some.Status, some.Body), Is.EqualTo((HttpStatusCode.Accepted, """{"notes":1}""")));
            Assert.That((string?)settled["state"], Is.EqualTo("needs-attention"), "it is still the wrong chart");
            Assert.That((await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}")).Headers.ETag!.Tag, Is.Not.EqualTo(revision), "and was tried");
        }
    }
}
