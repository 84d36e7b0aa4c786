using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

/// <summary>Over HTTP: what the words of a note suggest, and what becomes of it when somebody takes it over or does not.</summary>
internal sealed class When_a_note_suggests_more_than_its_parts_say
{
    private const string Words = "Subjective: They ran out of food on Sunday. Pain is 8/10. Her brother is homeless.\nPlan: Will call the food pantry on Friday.";

    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test, CancelAfter(120_000)]
    public async Task The_preview_and_the_status_show_it_and_the_chart_does_not(CancellationToken cancellationToken)
    {
        var note = Some.Note(narrative: Words);
        var id = (string)note["id"]!;

        using var content = Json(note.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/visit-notes/preview") { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var preview = await town.Http.SendAsync(request, cancellationToken);
        var seen = JsonNode.Parse(await preview.Content.ReadAsStringAsync(cancellationToken))!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var receipt = JsonNode.Parse(await posted.Content.ReadAsStringAsync(cancellationToken))!;
        var settled = await town.SettledAsync(id);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Of(seen), Is.EqualTo("1 concern food-insecurity proposed, 2 symptom pain proposed, 3 follow-up  proposed"));
        Assert.That(Of(receipt), Is.EqualTo(Of(seen)));
        Assert.That(Of(settled), Is.EqualTo(Of(seen)));
        Assert.That((string?)settled["suggestions"]![0]!["text"], Is.EqualTo("They ran out of food on Sunday"));
        Assert.That((int)settled["suggestions"]![0]!["start"]!, Is.EqualTo(Words.IndexOf("They", StringComparison.Ordinal)));
        Assert.That((string?)settled["suggestions"]![0]!["part"]!["domain"], Is.EqualTo("food-insecurity"));
        Assert.That((string?)seen["document"], Does.Contain("\nSubjective\n  They ran out").And.Contain("\nPlan\n  Will call"));
        Assert.That(settled["resources"]!.AsArray().Select(row => (string?)row!["type"]), Does.Not.Contain("Condition").And.Not.Contain("Observation"));
    }

    [Test, CancelAfter(120_000)]
    public async Task What_is_accepted_becomes_part_of_the_note_and_of_the_chart_once(CancellationToken cancellationToken)
    {
        var note = Some.Note("Patient/walter-b", narrative: Words);
        var id = (string)note["id"]!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync(id);

        Assert.That(await DecideAsync(id, 1, "accept"), Is.EqualTo("202"));
        Assert.That(await DecideAsync(id, 1, "accept"), Is.EqualTo("202"), "asked again");
        Assert.That(await DecideAsync(id, 2, "accept"), Is.EqualTo("202"));
        Assert.That(await DecideAsync(id, 3, "accept"), Is.EqualTo("202"));
        Assert.That(await DecideAsync(id, 1, "refuse"), Is.EqualTo("409 decided-otherwise"));
        Assert.That(await DecideAsync(id, 4, "accept"), Is.EqualTo("404 not-found"));
        Assert.That(await DecideAsync("no-such-note", 1, "accept"), Is.EqualTo("404 not-found"));
        var settled = await town.SettledAsync(id);
        using var read = await town.Http.GetAsync($"/api/v1/visit-notes/{id}/bundle", cancellationToken);
        var bundle = JsonNode.Parse(await read.Content.ReadAsStringAsync(cancellationToken))!["entry"]!.AsArray().Select(entry => entry!["resource"]!).ToList();

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
        Assert.That(Of(settled), Is.EqualTo("1 concern food-insecurity accepted, 2 symptom pain accepted, 3 follow-up  accepted"));
        Assert.That((string?)settled["suggestions"]![0]!["by"], Is.Not.Empty);
        Assert.That((int)settled["version"]!, Is.EqualTo(4));
        Assert.That(bundle.Count(resource => (string?)resource["resourceType"] == "Condition" && resource.ToJsonString().Contains("They ran out of food", StringComparison.Ordinal)), Is.EqualTo(1), "a health concern in the CHW's words");
        Assert.That(bundle.Count(resource => (string?)resource["resourceType"] == "Observation" && resource.ToJsonString().Contains("symptom/pain", StringComparison.Ordinal)), Is.EqualTo(1), "pain 8 of 10");
        Assert.That(settled["resources"]!.AsArray().Single(row => (string?)row!["key"] == "note")!["state"]!.ToString(), Is.EqualTo("written"));
        Assert.That(await DocumentAsync(settled), Does.Contain("Will call the food pantry on Friday").And.Contain("taken over from the CHW's words by"));
    }

    [Test, CancelAfter(120_000)]
    public async Task What_is_refused_stays_refused_and_numbers_stay(CancellationToken cancellationToken)
    {
        var note = Some.Note("Patient/marion-o", narrative: Words);
        var id = (string)note["id"]!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync(id);
        Assert.That(await DecideAsync(id, 1, "refuse"), Is.EqualTo("202"));
        Assert.That(await DecideAsync(id, 1, "refuse"), Is.EqualTo("202"), "asked again");
        Assert.That(await DecideAsync(id, 1, "accept"), Is.EqualTo("409 decided-otherwise"));

        note["narrative"] = "The power was shut off. They ran out of food on Sunday. Pain is 8/10.";
        Assert.That(await PutAsync(id, note), Is.EqualTo(HttpStatusCode.Accepted));
        var amended = await town.SettledAsync(id);
        note["narrative"] = Words;
        Assert.That(await PutAsync(id, note), Is.EqualTo(HttpStatusCode.Accepted));
        var back = await town.SettledAsync(id);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Of(amended), Is.EqualTo("1 concern food-insecurity refused, 2 symptom pain proposed, 4 concern utility-insecurity proposed"));
        Assert.That(Of(back), Is.EqualTo("1 concern food-insecurity refused, 2 symptom pain proposed, 3 follow-up  proposed"));
        Assert.That(await DecideAsync(id, 4, "accept"), Is.EqualTo("404 not-found"), "the note does not say it any more");
        using var retracted = await town.Http.PostAsync($"/api/v1/visit-notes/{id}/retract", Json("""{ "reason": "entered-in-error" }"""), cancellationToken);
        Assert.That(await DecideAsync(id, 2, "accept"), Is.EqualTo("409 retracted"));
    }

    [Test, CancelAfter(120_000)]
    public async Task What_is_held_says_nothing_of_itself_and_stays_held(CancellationToken cancellationToken)
    {
        var note = Some.Note("Patient/thomas-n", narrative: "They ran out of food on Sunday. Her goal is to cook again.");
        note["narrativeHold"] = new JsonObject { ["why"] = "told-in-confidence" };
        note["insights"] = new JsonArray(new JsonObject { ["text"] = "Gave the tea a second chance." });
        var id = (string)note["id"]!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());
        var before = await town.SettledAsync(id);
        Assert.That(await DecideAsync(id, 1, "accept"), Is.EqualTo("202"));
        var settled = await town.SettledAsync(id);
        using var read = await town.Http.GetAsync($"/api/v1/visit-notes/{id}/bundle", cancellationToken);
        var bundle = await read.Content.ReadAsStringAsync(cancellationToken);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Of(before), Is.EqualTo("1   proposed"));
        Assert.That(before["suggestions"]!.ToJsonString(), Does.Not.Contain("food").And.Not.Contain("Sunday").And.Not.Contain("concern").And.Not.Contain("narrative"));
        Assert.That((bool)before["suggestions"]![0]!["held"]!, Is.True);
        Assert.That(Of(settled), Is.EqualTo("1   accepted"));
        Assert.That(bundle, Does.Not.Contain("food").And.Not.Contain("Sunday"));
        Assert.That((int)settled["shownOnlyInApp"]!, Is.GreaterThan((int)before["shownOnlyInApp"]!));
    }

    [Test, CancelAfter(120_000)]
    public async Task Two_people_at_once_take_both_and_lose_none(CancellationToken cancellationToken)
    {
        var note = Some.Note("Patient/rosa-m", narrative: Words);
        var id = (string)note["id"]!;
        using var posted = await town.PostNoteAsync(note.ToJsonString());

        var answers = await Task.WhenAll(DecideAsync(id, 1, "accept"), DecideAsync(id, 2, "accept"), DecideAsync(id, 1, "accept"));
        foreach (var number in new[] { 1, 2 })
            await DecideAsync(id, number, "accept");
        var settled = await town.SettledAsync(id);

        Assert.That(answers, Has.All.EqualTo("202").Or.EqualTo("409 being-changed"));
        Assert.That(Of(settled), Does.StartWith("1 concern food-insecurity accepted, 2 symptom pain accepted"));
        Assert.That(settled["resources"]!.AsArray().Count(row => ((string?)row!["key"])!.Contains("concern/food-insecurity", StringComparison.Ordinal)), Is.EqualTo(1), settled.ToJsonString());
    }

    private static string Of(JsonNode status) => string.Join(", ", status["suggestions"]!.AsArray().Select(one => $"{one!["number"]} {one["kind"]} {one["code"]} {one["state"]}"));

    private async Task<string> DecideAsync(string id, int number, string word)
    {
        using var answer = await town.Http.PostAsync($"/api/v1/visit-notes/{id}/suggestions/{number}/{word}", null);
        return answer.StatusCode == HttpStatusCode.Accepted ? "202" : $"{(int)answer.StatusCode} {JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]}";
    }

    private async Task<HttpStatusCode> PutAsync(string id, JsonObject note)
    {
        using var seen = await town.Http.GetAsync($"/api/v1/visit-notes/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = Json(note.ToJsonString()) };
        request.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.ToString());
        using var answer = await town.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> DocumentAsync(JsonObject status)
    {
        var document = await town.ReadFromEhrAsync((string)status["resources"]!.AsArray().Single(row => (string?)row!["key"] == "note")!["reference"]!);
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!));
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
