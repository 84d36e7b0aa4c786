using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_note_is_posted
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task It_is_accepted_written_and_stands_in_the_EHR()
    {
        var note = Some.Note(narrative: "The furnace is out. Space heater in the hall.");
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        var accepted = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var settled = await town.SettledAsync((string)note["id"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo($"/api/v1/visit-notes/{note["id"]}"));
            Assert.That(answer.Headers.ETag, Is.Not.Null);
            Assert.That((string?)accepted["state"], Is.EqualTo("queued").Or.EqualTo("writing").Or.EqualTo("written"));
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
        }
        var document = await town.ReadFromEhrAsync((string)settled["resources"]!.AsArray().Single(resource => (string?)resource!["key"] == "note")!["reference"]!);
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!));
        Assert.That(text, Does.Contain("The furnace is out. Space heater in the hall."));
    }

    [Test]
    public async Task The_same_again_is_not_written_twice()
    {
        var note = Some.Note();
        using var first = await town.PostNoteAsync(note.ToJsonString());
        var before = await town.SettledAsync((string)note["id"]!);
        using var second = await town.PostNoteAsync(note.ToJsonString(new() { WriteIndented = true }));
        var after = JsonNode.Parse(await second.Content.ReadAsStringAsync())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(second.Headers.Location?.OriginalString, Is.EqualTo($"/api/v1/visit-notes/{note["id"]}"));
            Assert.That(after["resources"]!.ToJsonString(), Is.EqualTo(before["resources"]!.ToJsonString()));
        }
    }

    [Test]
    public async Task Other_content_under_the_same_id_is_a_conflict()
    {
        var note = Some.Note();
        using var first = await town.PostNoteAsync(note.ToJsonString());
        note["narrative"] = "Something else altogether.";
        using var second = await town.PostNoteAsync(note.ToJsonString());

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task An_unchanged_status_need_not_be_sent_again()
    {
        var note = Some.Note();
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync((string)note["id"]!);
        using var read = await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}");
        using var same = await ReadIfChangedAsync(note, read.Headers.ETag!);
        using var other = await ReadIfChangedAsync(note, new EntityTagHeaderValue("\"something-else\""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(same.Headers.ETag, Is.EqualTo(read.Headers.ETag));
            Assert.That(await same.Content.ReadAsByteArrayAsync(), Is.Empty);
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Its_bundle_and_its_plan_can_be_read()
    {
        var note = Some.Note();
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var status = await town.SettledAsync((string)note["id"]!);
        using var bundle = await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}/bundle");
        var plan = await town.Http.GetFromJsonAsync<JsonObject>($"/api/v1/visit-notes/{note["id"]}/plan");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/fhir+json"));
            Assert.That((string?)JsonNode.Parse(await bundle.Content.ReadAsStringAsync())!["type"], Is.EqualTo("transaction"));
            Assert.That(plan!["steps"]!.AsArray().Select(step => (string?)step!["key"]), Is.EquivalentTo(status["resources"]!.AsArray().Select(resource => (string?)resource!["key"])));
        }
    }

    [Test]
    public async Task A_written_note_stays_as_it_is_when_tried_again()
    {
        var note = Some.Note();
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var before = await town.SettledAsync((string)note["id"]!);
        using var retried = await town.Http.PostAsync($"/api/v1/visit-notes/{note["id"]}/retry", null);
        var after = await town.SettledAsync((string)note["id"]!);

        Assert.That(retried.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task Lists_come_in_pages_newest_first()
    {
        List<string> posted = [];
        for (var i = 0; i < 5; i++)
        {
            var note = Some.Note("Patient/marion-o");
            using var answer = await town.PostNoteAsync(note.ToJsonString());
            posted.Add((string)note["id"]!);
        }
        List<string> listed = [];
        for (string? path = "/api/v1/visit-notes?patient=Patient/marion-o&limit=2", next; path is not null; path = next is null ? null : $"/api/v1/visit-notes?patient=Patient/marion-o&limit=2&cursor={Uri.EscapeDataString(next)}")
        {
            var page = await town.Http.GetFromJsonAsync<JsonObject>(path);
            listed.AddRange(page!["items"]!.AsArray().Select(item => (string)item!["id"]!));
            Assert.That(page["items"]!.AsArray(), Has.Count.LessThanOrEqualTo(2));
            next = (string?)page["next"];
        }

        Assert.That(listed, Is.EqualTo(posted.AsEnumerable().Reverse()));
    }

    [Test]
    public async Task The_preview_is_the_bundle_alone_unless_JSON_is_asked_for()
    {
        var note = Some.Note();
        using var alone = await PreviewAsync(note, null);
        using var whole = await PreviewAsync(note, "application/json");
        var bundle = JsonNode.Parse(await alone.Content.ReadAsStringAsync())!;
        var seen = JsonNode.Parse(await whole.Content.ReadAsStringAsync())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/fhir+json"));
            Assert.That((string?)bundle["resourceType"], Is.EqualTo("Bundle"));
            Assert.That(seen.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "bundle", "document", "issues", "suggestions", "plan", "readableBy", "heldBack" }));
            Assert.That(seen["bundle"]!.ToJsonString(), Is.EqualTo(bundle.ToJsonString()));
            Assert.That((string?)seen["document"], Does.Contain("Talked at the kitchen table."));
            Assert.That(seen["plan"]!.AsArray(), Is.Not.Empty);
        }
        using var kept = await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}");
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("application/json;q=0.5, application/fhir+json;q=0.9", "application/fhir+json")]
    [TestCase("application/json, */*;q=0.1", "application/json")]
    [TestCase("text/html, application/*;q=0.8", "application/fhir+json")]
    [TestCase("application/fhir+json;q=0, application/json", "application/json")]
    public async Task The_wanted_form_of_the_preview_is_given(string accept, string form)
    {
        using var answer = await PreviewAsync(Some.Note(), accept);

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(form));
    }

    private Task<HttpResponseMessage> ReadIfChangedAsync(JsonObject note, EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/visit-notes/{note["id"]}");
        request.Headers.IfNoneMatch.Add(tag);
        return town.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> PreviewAsync(JsonObject note, string? accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/visit-notes/preview") { Content = new StringContent(note.ToJsonString(), null, "application/json") };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return town.Http.SendAsync(request);
    }
}
