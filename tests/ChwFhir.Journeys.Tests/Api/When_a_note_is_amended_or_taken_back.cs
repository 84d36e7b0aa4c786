using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Api;

/// <summary>Over HTTP, on the sandbox that takes everything and on the strict one.</summary>
internal sealed class When_a_note_is_amended_or_taken_back
{
    [Test, CancelAfter(120_000)]
    public async Task Each_way_in_which_it_cannot_be_amended_has_its_answer(CancellationToken cancellationToken)
    {
        await using var town = await Town.StartAsync();
        var note = Some.Note();
        var id = (string)note["id"]!;
        await town.PostNoteAsync(note.ToJsonString());
        await town.SettledAsync(id);
        var tag = await TagAsync(town, id);
        note["narrative"] = "Talked on the porch.";
        var (other, renamed) = (note.DeepClone(), note.DeepClone());
        other["patient"]!["reference"] = "Patient/walter-b";
        renamed["id"] = "another-id";

        using var together = Assert.EnterMultipleScope();
        Assert.That(await PutAsync(town, id, null, note), Is.EqualTo("428 if-match-needed"));
        Assert.That(await PutAsync(town, id, "\"1\"", note), Is.EqualTo("412 changed-since"));
        Assert.That(await PutAsync(town, "no-such-note", tag, note), Is.EqualTo("404 not-found"));
        Assert.That(await PutAsync(town, id, tag, other), Is.EqualTo("422 patient-changed"));
        Assert.That(await PutAsync(town, id, tag, renamed), Is.EqualTo("422 id-changed"));
        Assert.That(await PutAsync(town, id, tag, note), Is.EqualTo("202"));
        Assert.That(await PutAsync(town, id, tag, note), Is.EqualTo("200"), "the same content again");
        Assert.That((string?)(await town.SettledAsync(id))["state"], Is.EqualTo("written"));
        Assert.That(await RetractAsync(town, id, """{ "reason": "because" }"""), Is.EqualTo("422 not-allowed"));
        Assert.That(await RetractAsync(town, id, """{ "reason": "entered-in-error" }"""), Is.EqualTo("202"));
        var status = await town.SettledAsync(id);
        Assert.That((string?)status["state"], Is.EqualTo("retracted"), status.ToJsonString());
        Assert.That(await PutAsync(town, id, await TagAsync(town, id), note), Is.EqualTo("200").Or.EqualTo("409 retracted"));
        foreach (var row in status["resources"]!.AsArray().Where(row => (string?)row!["type"] == "DocumentReference"))
            Assert.That((string?)(await town.ReadFromEhrAsync((string)row!["reference"]!))["status"], Is.EqualTo("entered-in-error"));
    }

    [TestCase("\"Patient/nobody\"", "/rightPatient")]
    [TestCase("{ \"reference\": \"Patient/nobody\" }", "/rightPatient/reference")]
    public async Task What_is_wrong_with_the_right_patient_is_said_where_it_stands(string right, string pointer)
    {
        await using var town = await Town.StartAsync();
        var note = Some.Note();
        using var posted = await town.PostNoteAsync(note.ToJsonString());

        using var content = new StringContent($$"""{ "reason": "wrong-patient", "rightPatient": {{right}} }""", Encoding.UTF8, "application/json");
        using var answer = await town.Http.PostAsync(new Uri($"/api/v1/visit-notes/{note["id"]}/retract", UriKind.Relative), content);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(((int)answer.StatusCode, (string?)problem["errors"]?[0]?["pointer"]), Is.EqualTo((422, pointer)), problem.ToJsonString());
    }

    [Test, CancelAfter(120_000)]
    public async Task The_strict_EHR_gets_a_further_document_and_the_desk_a_list(CancellationToken cancellationToken)
    {
        await using var town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"));
        var note = Some.Note("Patient/rosa-m");
        note["visit"]!["encounter"] = new JsonObject { ["reference"] = "Encounter/rosa-m-home-1" };
        var documents = (int)(await town.ReadFromEhrAsync("DocumentReference?patient=rosa-m&category=clinical-note"))["total"]!;
        var id = (string)note["id"]!;
        await town.PostNoteAsync(note.ToJsonString());
        var first = await town.SettledAsync(id);
        Assert.That((string?)first["state"], Is.EqualTo("written"), first.ToJsonString());

        note["narrative"] = "Talked on the porch.";
        Assert.That(await PutAsync(town, id, await TagAsync(town, id), note), Is.EqualTo("202"));
        var amended = await town.SettledAsync(id);
        Assert.That(await RetractAsync(town, id, """{ "reason": "entered-in-error" }"""), Is.EqualTo("202"));
        var retracted = await town.SettledAsync(id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)amended["state"], Is.EqualTo("written"), amended.ToJsonString());
        Assert.That(amended["resources"]!.AsArray().Count(row => (string?)row!["type"] == "DocumentReference" && (string?)row["state"] == "written"), Is.EqualTo(2));
        Assert.That((string?)retracted["state"], Is.EqualTo("retracted"), retracted.ToJsonString());
        Assert.That(retracted["removals"]!.AsArray().Select(removal => (string?)removal!["key"]), Is.EquivalentTo(new[] { "note", "note.1" }));
        Assert.That(retracted["resources"]!.AsArray().Select(row => (string?)row!["key"]), Does.Contain("retraction"));
        Assert.That(await RemovalsAsync(town, cancellationToken), Is.EqualTo(new[] { $"{id} note", $"{id} note.1" }), "for the records office");
        using var done = await town.Http.PostAsync($"/api/v1/visit-notes/{id}/removed", Json("""{ "key": "note.1" }"""), cancellationToken);
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await RemovalsAsync(town, cancellationToken), Is.EqualTo(new[] { $"{id} note" }), "until somebody ticks it off");
        Assert.That((int)(await town.ReadFromEhrAsync("DocumentReference?patient=rosa-m&category=clinical-note"))["total"]!, Is.EqualTo(documents + 3), "the note, the amended one, the retraction");
    }

    [Test, CancelAfter(120_000)]
    public async Task On_the_EHR_that_takes_everything_nothing_is_doubled_and_nothing_stands(CancellationToken cancellationToken)
    {
        await using var town = await Town.StartAsync();
        var note = WriteBack.SomeNotes.Of("Patient/thomas-n", 1);
        var id = (string)note["id"]!;
        var before = await ChartAsync(town);
        await town.PostNoteAsync(note.ToJsonString());
        Assert.That((string?)(await town.SettledAsync(id))["state"], Is.EqualTo("written"));
        var first = await ChartAsync(town);

        note["goals"]![0]!["achievement"] = "improving";
        note["messages"]![0]!["text"] = "Other words.";
        Assert.That(await PutAsync(town, id, await TagAsync(town, id), note), Is.EqualTo("202"));
        Assert.That((string?)(await town.SettledAsync(id))["state"], Is.EqualTo("written"));
        var amended = await ChartAsync(town);
        Assert.That(await RetractAsync(town, id, """{ "reason": "entered-in-error" }"""), Is.EqualTo("202"));
        Assert.That((string?)(await town.SettledAsync(id))["state"], Is.EqualTo("retracted"));
        var retracted = await ChartAsync(town);

        using var together = Assert.EnterMultipleScope();
        foreach (var (type, states) in before)
        {
            Assert.That(first[type], Has.Count.EqualTo(states.Count + 1), type);
            Assert.That(amended[type], Has.Count.EqualTo(states.Count + (type == "DocumentReference" ? 2 : 1)), type);
            Assert.That(retracted[type], Has.Count.EqualTo(amended[type].Count), type);
            Assert.That(retracted[type].Count(state => state == "entered-in-error"), Is.EqualTo(states.Count(state => state == "entered-in-error") + amended[type].Count - states.Count), type);
        }
    }

    private static async Task<Dictionary<string, List<string?>>> ChartAsync(Town town)
    {
        Dictionary<string, List<string?>> chart = [];
        foreach (var type in new[] { "Encounter", "DocumentReference", "Communication", "CarePlan", "Goal", "Condition" })
            chart[type] = [.. (await town.ReadFromEhrAsync($"{type}?patient=thomas-n&_count=200"))["entry"]?.AsArray().Select(entry => entry!["resource"]!)
                .Select(one => (string?)(one["lifecycleStatus"] ?? one["verificationStatus"]?["coding"]?[0]?["code"] ?? one["status"])) ?? []];
        return chart;
    }

    private static async Task<IEnumerable<string>> RemovalsAsync(Town town, CancellationToken cancellationToken) =>
        JsonNode.Parse(await town.Http.GetStringAsync("/api/v1/delivery", cancellationToken))!["removals"]!["items"]!.AsArray().Select(item => $"{item!["note"]} {item["key"]}").Order(StringComparer.Ordinal);

    private static async Task<string> PutAsync(Town town, string id, string? tag, JsonNode note)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = Json(note.ToJsonString()) };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var answer = await town.Http.SendAsync(request);
        return await WordAsync(answer);
    }

    private static async Task<string> RetractAsync(Town town, string id, string order)
    {
        using var answer = await town.Http.PostAsync($"/api/v1/visit-notes/{id}/retract", Json(order));
        return await WordAsync(answer);
    }

    private static async Task<string> WordAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return $"{(int)answer.StatusCode}";
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return $"{(int)answer.StatusCode} {problem["errors"]?[0]?["code"] ?? problem["code"]}";
    }

    private static async Task<string> TagAsync(Town town, string id)
    {
        using var answer = await town.Http.GetAsync($"/api/v1/visit-notes/{id}");
        return answer.Headers.ETag!.ToString();
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
