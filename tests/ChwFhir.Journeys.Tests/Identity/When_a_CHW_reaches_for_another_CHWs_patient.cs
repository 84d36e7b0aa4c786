using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

/// <summary>Attacks on patients outside of the panel: never read, and never written without release.</summary>
internal sealed class When_a_CHW_reaches_for_another_CHWs_patient
{
    private const string Notes = "/api/v1/visit-notes";
    private PanelTown town = null!;
    private string theirs = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await PanelTown.StartAsync();
        theirs = await WrittenAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task By_the_notes_id_there_is_no_such_note([Values("", "/bundle", "/plan", "/history")] string part)
    {
        var (status, body) = await town.Ben.GetAsync($"{Notes}/{theirs}{part}");
        var (nothing, same) = await town.Ben.GetAsync($"{Notes}/no-such-note{part}");

        Assert.That((status, body!.ToJsonString()), Is.EqualTo((404, same!.ToJsonString())));
        Assert.That(nothing, Is.EqualTo(404));
    }

    [Test]
    public async Task By_an_ETag_of_it_there_is_no_304()
    {
        using var own = await town.Dolores.RawAsync(HttpMethod.Get, $"{Notes}/{theirs}", null);

        Assert.That((await town.Ben.SendAsync(HttpMethod.Get, $"{Notes}/{theirs}", null, ("If-None-Match", own.Headers.ETag!.ToString()))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task By_amending_it_there_is_no_such_note() =>
        Assert.That((await town.Ben.SendAsync(HttpMethod.Put, $"{Notes}/{theirs}", Note("Patient/rosa-m", "Practitioner/chw-2", theirs).ToJsonString(), ("If-Match", "\"1\""))).Status, Is.EqualTo(404));

    [Test]
    public async Task By_taking_it_back_there_is_no_such_note() =>
        Assert.That((await town.Ben.PostAsync($"{Notes}/{theirs}/retract", """{ "reason": "entered-in-error" }""")).Status, Is.EqualTo(404));

    [Test]
    public async Task By_its_suggestions_there_is_no_such_note() =>
        Assert.That((await town.Ben.PostAsync($"{Notes}/{theirs}/suggestions/1/accept", null)).Status, Is.EqualTo(404));

    [Test]
    public async Task By_its_id_for_a_note_of_ones_own_the_answer_tells_nothing()
    {
        var (status, body) = await town.Ben.PostAsync(Notes, Note("Patient/thomas-n", "Practitioner/chw-2", theirs).ToJsonString());

        Assert.That((status, (string?)body!["code"], body.ToJsonString().Contains("rosa", StringComparison.Ordinal), body["state"]), Is.EqualTo((409, "other-content", false, (JsonNode?)null)));
    }

    [Test]
    public async Task By_the_list_it_is_not_there([Values("", "?patient=Patient/rosa-m", "?author=Practitioner/chw-1", "?state=written")] string filter)
    {
        var (status, page) = await town.Ben.GetAsync(Notes + filter);
        var (_, own) = await town.Dolores.GetAsync(Notes + filter);

        Assert.That((status, Ids(page).Contains(theirs)), Is.EqualTo((200, false)));
        Assert.That(Ids(own), Does.Contain(theirs));
    }

    [Test]
    public async Task By_search_the_patient_is_not_found()
    {
        var own = await town.Dolores.PostAsync("/api/v1/patients/search", """{ "name": "Maldonado" }""");
        var found = await town.Ben.PostAsync("/api/v1/patients/search", """{ "name": "Maldonado" }""");
        var nobody = await town.Ben.PostAsync("/api/v1/patients/search", """{ "name": "Nobody-of-this-name" }""");

        using var together = Assert.EnterMultipleScope();
        Assert.That(own.Body!["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((found.Status, found.Body!.ToJsonString()), Is.EqualTo((200, nobody.Body!.ToJsonString())));
    }

    [Test]
    public async Task By_message_neither_the_thread_nor_its_answers_are_seen()
    {
        var told = await town.Dolores.PostAsync("/api/v1/patients/rosa-m/messages", Message("How is her pain?"));
        var id = (string)told.Body!["id"]!;
        var nurse = town.Of("nadia", "nurse", ("fhirUser", "Practitioner/nurse-1"));
        await nurse.PostAsync($"/api/v1/messages/{id}/replies", """{ "text": "Call her today.", "for": "chw", "will": "none" }""");
        var team = await nurse.PostAsync("/api/v1/patients/rosa-m/messages", """{ "text": "Please ask about the stairs.", "to": ["chw"], "kind": "ask", "urgency": "routine" }""");

        using var together = Assert.EnterMultipleScope();
        Assert.That((told.Status, team.Status), Is.EqualTo((202, 202)));
        Assert.That((await town.Ben.GetAsync($"/api/v1/messages/{id}")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.GetAsync($"/api/v1/messages/{(string)team.Body!["id"]!}")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.PostAsync($"/api/v1/messages/{id}/take", null)).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.PostAsync($"/api/v1/messages/{id}/close", """{ "outcome": "not-needed" }""")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.GetAsync("/api/v1/messages?patient=Patient/rosa-m")).Body!["items"]!.AsArray(), Is.Empty);
        Assert.That((await town.Dolores.GetAsync($"/api/v1/messages/{id}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task By_writing_a_message_nobody_is_told_and_nothing_is_filed()
    {
        var before = await CountAsync("Communication?patient=Patient/rosa-m");
        var (status, body) = await town.Ben.PostAsync("/api/v1/patients/rosa-m/messages", Message("Tell me about her."));
        var nobody = await town.Ben.PostAsync("/api/v1/patients/no-such-patient/messages", Message("Tell me about her."));

        using var together = Assert.EnterMultipleScope();
        Assert.That((status, (string?)body!["code"]), Is.EqualTo((403, "not-in-panel")));
        Assert.That(nobody.Body!.ToJsonString(), Is.EqualTo(body.ToJsonString()), "whether the patient exists is not told");
        Assert.That(await CountAsync("Communication?patient=Patient/rosa-m"), Is.EqualTo(before));
    }

    [Test]
    public async Task By_preview_nothing_of_the_chart_is_shown() =>
        Assert.That(((await town.Ben.PostAsync($"{Notes}/preview", Note("Patient/rosa-m", "Practitioner/chw-2").ToJsonString())) is var (status, body) ? (status, (string?)body!["code"]) : default), Is.EqualTo((403, "not-in-panel")));

    [Test]
    public async Task A_note_of_theirs_is_kept_and_nothing_of_it_is_written_or_comes_back()
    {
        var before = await CountAsync("DocumentReference?patient=Patient/rosa-m");
        var id = await OutsideAsync("Patient/rosa-m");

        using var together = Assert.EnterMultipleScope();
        Assert.That((await town.Ben.GetAsync($"{Notes}/{id}/bundle")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.GetAsync($"{Notes}/{id}/plan")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.GetAsync($"{Notes}/{id}/history")).Status, Is.EqualTo(404));
        Assert.That((await town.Ben.PostAsync($"{Notes}/{id}/retry", null)).Status, Is.EqualTo(403));
        Assert.That((await town.Ben.PostAsync($"{Notes}/{id}/release", null)).Status, Is.EqualTo(403));
        Assert.That((await town.Dolores.GetAsync($"{Notes}/{id}")).Status, Is.EqualTo(404), "it is not yet a note of the patient's");
        Assert.That((await town.OtherSupervisor.PostAsync($"{Notes}/{id}/release", null)).Status, Is.EqualTo(404));
        await LaterNoteIsWrittenAsync();
        Assert.That(await PanelTown.SettledAsync(town.Ben, id), Is.EqualTo("needs-attention"));
        Assert.That(await CountAsync("DocumentReference?patient=Patient/rosa-m"), Is.EqualTo(before));
    }

    [Test]
    public async Task Amended_retried_or_resolved_it_still_waits()
    {
        var before = await CountAsync("DocumentReference?patient=Patient/rosa-m");
        var id = await OutsideAsync("Patient/rosa-m");
        using var own = await town.Ben.RawAsync(HttpMethod.Get, $"{Notes}/{id}", null);
        var amended = await town.Ben.SendAsync(HttpMethod.Put, $"{Notes}/{id}", Note("Patient/rosa-m", "Practitioner/chw-2", id, "Other words.").ToJsonString(), ("If-Match", own.Headers.ETag!.ToString()));
        var first = await PanelTown.SettledAsync(town.Ben, id);
        var retried = await town.Supervisor.PostAsync($"{Notes}/{id}/retry", null);
        var second = await PanelTown.SettledAsync(town.Ben, id);
        await town.Supervisor.PostAsync("/api/v1/delivery/retry", null);
        await LaterNoteIsWrittenAsync();
        var third = await PanelTown.SettledAsync(town.Ben, id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((amended.Status, retried.Status), Is.EqualTo((202, 202)));
        Assert.That((first, second, third), Is.EqualTo(("needs-attention", "needs-attention", "needs-attention")));
        Assert.That(await CountAsync("DocumentReference?patient=Patient/rosa-m"), Is.EqualTo(before));
    }

    [Test]
    public async Task Released_by_their_supervisor_it_is_written()
    {
        var before = await CountAsync("DocumentReference?patient=Patient/rosa-m");
        var id = await OutsideAsync("Patient/rosa-m");

        var (status, body) = await town.Supervisor.PostAsync($"{Notes}/{id}/release", """{ "reason": "covered for a sick colleague" }""");
        var state = await PanelTown.SettledAsync(town.Ben, id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((status, (string?)body!["release"]!["decision"], (string?)body["release"]!["reason"]), Is.EqualTo((202, "released", "covered for a sick colleague")));
        Assert.That(state, Is.EqualTo("written"));
        Assert.That(await CountAsync("DocumentReference?patient=Patient/rosa-m"), Is.EqualTo(before + 1));
        Assert.That((await town.Ben.GetAsync($"{Notes}/{theirs}")).Status, Is.EqualTo(404), "the patient does not come into the panel by it");
    }

    [Test]
    public async Task Refused_it_is_never_written_and_stays_here()
    {
        var before = await CountAsync("DocumentReference?patient=Patient/rosa-m");
        var id = await OutsideAsync("Patient/rosa-m");

        var without = await town.Supervisor.PostAsync($"{Notes}/{id}/refuse", "{}");
        var (status, body) = await town.Supervisor.PostAsync($"{Notes}/{id}/refuse", """{ "reason": "not our patient" }""");
        var after = await town.Supervisor.PostAsync($"{Notes}/{id}/release", null);

        using var together = Assert.EnterMultipleScope();
        Assert.That((without.Status, status, (string?)body!["state"], (string?)body["retraction"]), Is.EqualTo((422, 202, "retracted", "refused")));
        Assert.That((after.Status, (string?)after.Body!["code"]), Is.EqualTo((409, "decided-otherwise")));
        Assert.That(await CountAsync("DocumentReference?patient=Patient/rosa-m"), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_said_of_a_patient_outside_is_the_same_whether_there_is_one()
    {
        var (status, body) = await town.Ben.PostAsync(Notes, Note("Patient/no-such-patient", "Practitioner/chw-2").ToJsonString());

        Assert.That((status, (string?)body!["state"], (string?)body["issues"]![0]!["code"]), Is.EqualTo((202, "needs-attention", "not-in-panel")));
    }

    [Test]
    public async Task By_a_number_of_theirs_it_is_not_told_whose_chart_that_is()
    {
        var note = Note("Patient/rosa-m", "Practitioner/chw-2");
        note["patient"] = new JsonObject { ["identifier"] = new JsonObject { ["system"] = "urn:oid:2.16.840.1.113883.19.5.90.1", ["value"] = "100231" } };

        var (status, body) = await town.Ben.PostAsync(Notes, note.ToJsonString());
        var id = (string)body!["id"]!;
        var (_, again) = await town.Ben.PostAsync(Notes, note.ToJsonString());
        var (_, read) = await town.Ben.GetAsync($"{Notes}/{id}");
        var (_, listed) = await town.Ben.GetAsync($"{Notes}?state=needs-attention");
        var (_, seen) = await town.Supervisor.GetAsync($"{Notes}/{id}");

        using var together = Assert.EnterMultipleScope();
        Assert.That((status, (string?)body["state"]), Is.EqualTo((202, "needs-attention")));
        Assert.That(new[] { body, again, read, listed!["items"]!.AsArray().Single(item => (string?)item!["id"] == id) }.Select(one => (string?)one!["patient"]), Is.All.Null);
        Assert.That((string?)seen!["patient"], Is.EqualTo("Patient/rosa-m"), "who releases it has to know");
        Assert.That((string?)(await town.Ben.GetAsync($"{Notes}/{await OutsideAsync("Patient/rosa-m")}")).Body!["patient"], Is.EqualTo("Patient/rosa-m"), "whom the note names itself is told back");
    }

    [TestCase("""{ "type": "Practitioner", "identifier": { "system": "urn:x", "value": "1" } }""")]
    [TestCase("""{ "type": "Practitioner", "display": "Dr. Anjali Rao" }""")]
    [TestCase("""{ "reference": "https://elsewhere.example/fhir/Practitioner/chw-1" }""")]
    [TestCase("""{ "reference": "Practitioner/chw-1" }""")]
    public async Task Under_another_authors_name_no_screening_is_taken_either(string author)
    {
        var response = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(Directory.EnumerateFiles(Testing.Repository.Path("samples", "questionnaire-responses"), "*.json").Order(StringComparer.Ordinal).First()))!.AsObject();
        (response["author"], response["subject"]) = (JsonNode.Parse(author), new JsonObject { ["reference"] = "Patient/thomas-n" });
        response["identifier"] = new JsonObject { ["system"] = "urn:forms", ["value"] = Some.Id() };

        var (status, body) = await town.Ben.PostAsync("/api/v1/questionnaire-responses", response.ToJsonString());

        Assert.That((status, (string?)body!["code"]), Is.EqualTo((403, "author-mismatch")), body.ToJsonString());
    }

    [Test]
    public async Task By_whatever_way_that_they_looked_for_them_is_in_the_audit_log()
    {
        var message = (string)(await town.Dolores.PostAsync("/api/v1/patients/rosa-m/messages", Message("How are the stairs?"))).Body!["id"]!;
        var ben = town.Of("curious", "chw", ("fhirUser", "Practitioner/chw-2"));
        await ben.GetAsync($"{Notes}?patient=Patient/rosa-m");
        await ben.GetAsync("/api/v1/messages?patient=Patient/rosa-m");
        await ben.GetAsync($"/api/v1/messages/{message}");
        await ben.PostAsync($"/api/v1/messages/{message}/take", null);
        await ben.GetAsync("/api/v1/messages/999999");

        var found = await town.Of("paula", "privacy").PostAsync("/api/v1/audit/search", """{ "subject": "curious" }""");

        Assert.That(found.Body!["items"]!.AsArray().Reverse().Select(item => $"{item!["action"]} {item["kind"]} {item["patient"]} {item["outcome"]} {item["why"]}"), Is.EqualTo(new[]
        {
            "read visit-note Patient/rosa-m success nothing-found",
            "read message Patient/rosa-m success nothing-found",
            "read message Patient/rosa-m refused not-theirs",
            "update message Patient/rosa-m refused not-theirs",
            "read message  failed not-found",
        }));
    }

    [Test]
    public async Task By_an_import_what_is_refused_and_what_is_told_again_is_in_the_audit_log()
    {
        var own = Note("Patient/thomas-n", "Practitioner/chw-2").ToJsonString();
        await town.Ben.PostAsync(Notes, own);

        using var answer = await town.Ben.RawAsync(HttpMethod.Post, "/api/v1/imports", $"{own}\n{Note("Patient/thomas-n", "Practitioner/chw-1").ToJsonString()}\n");
        var results = await answer.Content.ReadAsStringAsync();
        var found = await town.Of("paula", "privacy").PostAsync("/api/v1/audit/search", """{ "subject": "ben", "limit": 20 }""");
        var told = found.Body!["items"]!.AsArray().Select(item => $"{item!["action"]} {item["kind"]} {item["patient"]} {item["outcome"]} {item["why"]}");

        Assert.That(results, Does.Contain("\"status\":200").And.Contain("\"status\":403"));
        Assert.That(told, Does.Contain("read visit-note Patient/thomas-n success import").And.Contain("create visit-note  refused author-mismatch"));
    }

    [Test]
    public async Task Under_another_authors_name_nothing_is_taken()
    {
        var posted = await town.Ben.PostAsync(Notes, Note("Patient/thomas-n", "Practitioner/chw-1").ToJsonString());
        var bynumber = await town.Ben.PostAsync(Notes, Note("Patient/thomas-n", "Practitioner/chw-2").Also(note => note["author"] = new JsonObject { ["identifier"] = new JsonObject { ["system"] = "urn:x", ["value"] = "1" } }).ToJsonString());

        Assert.That((posted.Status, (string?)posted.Body!["code"], bynumber.Status), Is.EqualTo((403, "author-mismatch", 403)));
    }

    [Test]
    public async Task A_supervisor_sees_the_notes_of_the_own_CHWs_and_no_others()
    {
        var listed = await town.Supervisor.GetAsync(Notes);
        var others = await town.OtherSupervisor.GetAsync(Notes);

        using var together = Assert.EnterMultipleScope();
        Assert.That(listed.Body!["items"]!.AsArray().Select(item => (string?)item!["id"]), Does.Contain(theirs));
        Assert.That(others.Body!["items"]!.AsArray(), Is.Empty);
        Assert.That((await town.OtherSupervisor.GetAsync($"{Notes}/{theirs}")).Status, Is.EqualTo(404));
        Assert.That((await town.Supervisor.GetAsync($"{Notes}/{theirs}/history")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_system_reads_the_status_of_what_it_sent_and_of_nothing_else()
    {
        var system = town.Of("engine", "integration");
        var id = (string)(await system.PostAsync(Notes, Note("Patient/thomas-n", "Practitioner/chw-2").ToJsonString())).Body!["id"]!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((await system.GetAsync($"{Notes}/{id}")).Status, Is.EqualTo(200));
        Assert.That((await system.GetAsync($"{Notes}/{theirs}")).Status, Is.EqualTo(404));
        Assert.That((await system.GetAsync($"{Notes}/{id}/bundle")).Status, Is.EqualTo(403));
        Assert.That((await system.GetAsync(Notes)).Body!["items"]!.AsArray().Select(item => (string?)item!["id"]), Is.EqualTo(new[] { id }));
        Assert.That(await PanelTown.SettledAsync(town.Ben, id), Is.EqualTo("written"));
    }

    private static IEnumerable<string?> Ids(JsonNode? page) => page!["items"]!.AsArray().Select(item => (string?)item!["id"]);

    private async Task<string> WrittenAsync()
    {
        var id = (string)(await town.Dolores.PostAsync(Notes, Note("Patient/rosa-m", "Practitioner/chw-1").Also(note => note["visit"]!["encounter"] = new JsonObject { ["reference"] = "Encounter/rosa-m-home-1" }).ToJsonString())).Body!["id"]!;
        Assert.That(await PanelTown.SettledAsync(town.Dolores, id), Is.EqualTo("written"));
        return id;
    }

    private async Task<string> OutsideAsync(string patient)
    {
        var (status, body) = await town.Ben.PostAsync(Notes, Note(patient, "Practitioner/chw-2").ToJsonString());
        Assert.That((status, (string?)body!["state"], (string?)body["issues"]![0]!["code"], body["resources"]!.AsArray().Count), Is.EqualTo((202, "needs-attention", "not-in-panel", 0)));
        return (string)body["id"]!;
    }

    // What is written in the background would have been by now: a later note of another patient is in the chart.
    private async Task LaterNoteIsWrittenAsync()
    {
        var (status, body) = await town.Ben.PostAsync(Notes, Note("Patient/thomas-n", "Practitioner/chw-2").ToJsonString());
        Assert.That((status, await PanelTown.SettledAsync(town.Ben, (string)body!["id"]!)), Is.EqualTo((202, "written")));
    }

    private async Task<int> CountAsync(string query)
    {
        var found = (await town.Town.Ehr.GetFromJsonAsync<JsonObject>(query + "&_count=200"))!;
        return found["entry"]?.AsArray().Count(entry => (string?)entry!["search"]?["mode"] != "outcome") ?? 0;
    }

    private static JsonObject Note(string patient, string author, string? id = null, string narrative = "Talked at the kitchen table.") =>
        Some.Note(patient, id, narrative).Also(note => note["author"] = new JsonObject { ["reference"] = author, ["name"] = "Ben" });

    private static string Message(string text) => $$"""{ "text": "{{text}}", "to": ["nurse"], "kind": "report", "urgency": "routine", "topic": "symptom-report" }""";
}
