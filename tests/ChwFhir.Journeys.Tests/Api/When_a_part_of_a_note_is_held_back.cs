using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Audit;
using ChwFhir.Journeys.CareTeam;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Api;

/// <summary>From the CHW's hold to a clinician's word, on an EHR that takes everything and on one that takes documents only.</summary>
[TestFixture("open"), TestFixture("epic")]
internal sealed class When_a_part_of_a_note_is_held_back(string capabilities)
{
    private const string Secret = "Her son takes the bank card", Reason = "She wants her doctor to know";
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", capabilities), ("Ehr__ProgrammeEncounter", "Encounter/rosa-m-programme"));

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task The_chart_has_no_word_of_it_until_a_clinician_releases_it_and_then_all_of_it()
    {
        var id = await PostAsync(note => note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "patient-asked", "for": ["social-work"] } } ]"""));
        var before = await DocumentsAsync();

        var shown = await town.Http.JsonAsync("clinician", HttpMethod.Get, $"/visit-notes/{id}/held");
        var part = (string)shown["parts"]![0]!["id"]!;
        using var released = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/visit-notes/{id}/held/{part}/release", new JsonObject { ["reason"] = Reason });
        var settled = await town.SettledAsync(id);
        var after = await DocumentsAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(before.Single(text => text.Contains($"ref {id}/note", StringComparison.Ordinal)), Does.Not.Contain(Secret));
        Assert.That((string?)shown["parts"]![0]!["text"], Is.EqualTo(Secret));
        Assert.That((int)released.StatusCode, Is.EqualTo(202), await released.Content.ReadAsStringAsync());
        Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
        Assert.That(after.Single(text => text.Contains($"ref {id}/note.2", StringComparison.Ordinal)), Does.Contain(Secret).And.Not.Contain(Reason));
        Assert.That((await LastReleaseAsync()).Why, Is.EqualTo($"released: {Reason}"), "the reason is in the audit log");
    }

    [Test]
    public async Task Nobody_else_releases_it_and_who_may_not_read_it_learns_how_much_there_is()
    {
        var id = await PostAsync(note => note["concerns"] = JsonNode.Parse($$"""[ { "domain": "intimate-partner-violence", "text": "{{Secret}}" } ]"""));
        var part = (string)(await town.Http.JsonAsync("social-worker", HttpMethod.Get, $"/visit-notes/{id}/held"))["parts"]![0]!["id"]!;

        var refused = new List<int>();
        foreach (var role in new[] { "chw", "supervisor", "nurse", "integration", "clinician" })
        {
            using var answer = await town.Http.SendAsync(role, HttpMethod.Post, $"/visit-notes/{id}/held/{part}/release", new JsonObject { ["reason"] = Reason });
            refused.Add((int)answer.StatusCode);
        }
        using var unreasoned = await town.Http.SendAsync("social-worker", HttpMethod.Post, $"/visit-notes/{id}/held/{part}/release", []);
        var nurse = await town.Http.JsonAsync("nurse", HttpMethod.Get, $"/visit-notes/{id}/held");
        var words = new StringBuilder();
        foreach (var path in new[] { "", "/plan", "/bundle", "/history", "/held" })
            words.Append(await (await town.Http.SendAsync("nurse", HttpMethod.Get, $"/visit-notes/{id}{path}")).Content.ReadAsStringAsync());
        words.Append(await (await town.Http.SendAsync("nurse", HttpMethod.Get, "/visit-notes")).Content.ReadAsStringAsync());

        using var together = Assert.EnterMultipleScope();
        Assert.That(refused, Is.EqualTo(new[] { 403, 403, 403, 403, 404 }), "violence is for the supervisor and social work, not for the care team");
        Assert.That((int)unreasoned.StatusCode, Is.EqualTo(422));
        Assert.That((int?)nurse["count"], Is.EqualTo(1));
        Assert.That(nurse["parts"]!.AsArray(), Is.Empty);
        Assert.That(words.ToString(), Does.Not.Contain(Secret).And.Not.Contain("violence"));
        Assert.That(await DocumentsAsync(), Has.None.Contains(Secret));
    }

    [Test]
    public async Task What_was_told_openly_and_is_held_since_it_was_amended_is_for_the_records_office_to_take_out()
    {
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = JsonNode.Parse($$"""[ { "id": "bank-card", "domain": "financial-insecurity", "text": "{{Secret}}" }, { "id": "roof", "domain": "housing-instability", "text": "The roof leaks" } ]""");
        note["sections"] = JsonNode.Parse("""[ { "title": "Money", "text": "He took her to the bank on Friday." } ]""");
        var id = (string)note["id"]!;
        using (var posted = await town.PostNoteAsync(note.ToJsonString()))
            Assert.That((int)posted.StatusCode, Is.EqualTo(202), await posted.Content.ReadAsStringAsync());
        var before = await town.SettledAsync(id);

        foreach (var part in new[] { note["concerns"]![0]!, note["sections"]![0]! })
            part["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");
        var status = await AmendAsync(id, note);
        var nurse = await SeenAsync("nurse", id);
        var desk = (await town.Http.JsonAsync("supervisor", HttpMethod.Get, "/delivery"))["removals"]!["items"]!.AsArray().Where(item => (string?)item!["note"] == id).Select(item => (string?)item!["key"]).ToList();

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)before["state"], Is.EqualTo("written"), before.ToJsonString());
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That((int?)status["shownOnlyInApp"], Is.EqualTo(2));
        Assert.That(status["resources"]!.AsArray().Where(row => (string?)row!["key"] is "concern/bank-card" or "held/section/1").Select(row => (string?)row!["state"]), Is.EqualTo(new[] { "kept", "kept" }));
        var removals = status["removals"]!.AsArray().Select(row => $"{row!["type"]} {row["reference"]}").ToList();
        Assert.That(removals, Is.EquivalentTo(before["resources"]!.AsArray().Where(row => (string?)row!["key"] == "note" || ((string?)row["key"] == "concern/bank-card" && (string?)row["state"] == "written")).Select(row => $"{row!["type"]} {row["reference"]}")));
        Assert.That(removals, Has.Count.EqualTo(capabilities == "open" ? 2 : 1));
        Assert.That(desk, Is.EquivalentTo(status["removals"]!.AsArray().Select(row => (string?)row!["key"])));
        Assert.That(status["issues"]!.AsArray().Select(issue => (string?)issue!["code"]), Does.Contain("removal-asked"));
        Assert.That(nurse, Does.Not.Contain("bank").And.Not.Contain("Money").And.Contain("held/1"));
        Assert.That((await DocumentsAsync()).Single(text => text.Contains($"ref {id}/note.2", StringComparison.Ordinal)), Does.Not.Contain("bank").And.Contain("roof"));
    }

    [TestCase("""{ "domain": "financial-insecurity", "text": "Her son takes the bank card" }""", """{ "id": "money", "domain": "elder-abuse", "text": "Her son takes the bank card" }""")]
    [TestCase("""{ "domain": "financial-insecurity", "text": "Her son takes the bank card" }""", """{ "id": "money", "domain": "other", "text": "Somebody has her savings" }""")]
    public async Task What_is_held_in_other_words_or_under_another_name_is_not_told_by_what_is_gone([System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string told, [System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string held)
    {
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = new JsonArray(JsonNode.Parse(told));
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["concerns"] = new JsonArray(JsonNode.Parse(held));
        note["concerns"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");

        var status = await AmendAsync(id, note);
        var nurse = await SeenAsync("nurse", id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That((await DocumentsAsync()).Single(text => text.Contains($"ref {id}/note.2", StringComparison.Ordinal)), Does.Not.Contain("bank card"));
        Assert.That(status["removals"]!.AsArray().Select(row => (string?)row!["type"]), Is.EquivalentTo(capabilities == "open" ? new[] { "Condition", "DocumentReference" } : ["DocumentReference"]));
        Assert.That(nurse, Does.Not.Contain("financial").And.Not.Contain("bank card").And.Not.Contain("elder-abuse").And.Not.Contain("money"));
    }

    [Test]
    public async Task What_another_visit_tells_openly_too_nobody_is_asked_to_take_out()
    {
        var (first, second) = (Some.Note("Patient/rosa-m"), Some.Note("Patient/rosa-m"));
        foreach (var note in new[] { first, second })
        {
            note["concerns"] = JsonNode.Parse($$"""[ { "id": "shared-{{capabilities}}", "domain": "food-insecurity", "text": "Nothing in the fridge" } ]""");
            using (await town.PostNoteAsync(note.ToJsonString()))
                await town.SettledAsync((string)note["id"]!);
        }
        second["concerns"]![0]!["hold"] = JsonNode.Parse("""{ "why": "patient-asked" }""");

        var status = await AmendAsync((string)second["id"]!, second);

        Assert.That(status["removals"]!.AsArray().Select(row => (string?)row!["type"]), Is.EqualTo(new[] { "DocumentReference" }), status.ToJsonString());
    }

    [Test]
    public async Task What_is_told_again_after_a_hold_is_written_again_and_nobody_is_asked_to_take_it_out()
    {
        var note = Some.Note("Patient/rosa-m");
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "pain", "score": 3, "text": "In her wrist" } ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["symptoms"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");
        var held = await AmendAsync(id, note);
        note["symptoms"]![0]!.AsObject().Remove("hold");

        var open = await AmendAsync(id, note);

        using var together = Assert.EnterMultipleScope();
        Assert.That(((string?)held["state"], (int?)held["shownOnlyInApp"]), Is.EqualTo(("written", (int?)1)), held.ToJsonString());
        Assert.That(((string?)open["state"], (int?)open["shownOnlyInApp"]), Is.EqualTo(("written", (int?)0)), open.ToJsonString());
        Assert.That((held["removals"]!.AsArray().Count, open["removals"]!.AsArray().Count), Is.EqualTo((capabilities == "open" ? 2 : 1, 0)), "what is told again nobody has to take out");
        Assert.That((await DocumentsAsync()).Single(text => text.Contains($"ref {id}/note.3", StringComparison.Ordinal)), Does.Contain("In her wrist"));
        if (capabilities == "open")
        {
            var pain = open["resources"]!.AsArray().Single(row => (string?)row!["key"] == "symptom/pain")!;
            Assert.That((string?)pain["how"], Does.Contain("entered in error").And.Contain("stands in the note"), "what the EHR has as wrong is not revived");
        }
    }

    [Test]
    public async Task What_is_left_out_after_a_hold_is_still_the_records_offices([Values] bool reworded)
    {
        var note = Some.Note("Patient/rosa-m");
        note["sections"] = JsonNode.Parse("""[ { "title": "Friday", "text": "He took her to the bank." }, { "title": "Kitchen", "text": "Tea." } ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["sections"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");
        var held = await AmendAsync(id, note);
        if (reworded)
            note["sections"]![0]!["text"] = "They went out.";
        else
            note["sections"]!.AsArray().RemoveAt(0);

        var left = await AmendAsync(id, note);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Removals(held), Is.EqualTo(new[] { "note.1 DocumentReference" }), held.ToJsonString());
        Assert.That(Removals(left), Is.EqualTo(Removals(held)), "the EHR has the first document still");
    }

    [TestCase("Husband violent"), TestCase("丈夫打她")]
    public async Task However_short_what_is_held_since_was_its_document_is_the_records_offices(string text)
    {
        var note = Some.Note("Patient/rosa-m");
        note["sections"] = JsonNode.Parse($$"""[ { "title": "Home", "text": "Tea. {{text}}" }, { "title": "Kitchen", "text": "Warm." } ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["sections"] = JsonNode.Parse("""[ { "title": "Home", "text": "Tea." }, { "title": "Kitchen", "text": "Warm." }, { "title": "Private", "text": "Something else in other words", "hold": { "why": "danger", "for": ["social-work"] } } ]""");

        Assert.That(Removals(await AmendAsync(id, note)), Is.EqualTo(new[] { "note.1 DocumentReference" }));
    }

    [Test]
    public async Task What_a_note_holds_that_it_never_told_nobody_is_asked_to_take_out()
    {
        var note = Some.Note("Patient/rosa-m");
        note["concerns"] = JsonNode.Parse("""[ { "id": "stairs", "domain": "food-insecurity", "text": "No lunch" } ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["concerns"]!.AsArray().Add(JsonNode.Parse("""{ "id": "paper", "domain": "housing-instability", "text": "No heating" }"""));
        note["sections"] = JsonNode.Parse("""[ { "title": "Private", "text": "He shouts", "hold": { "why": "danger", "for": ["social-work"] } } ]""");

        Assert.That(Removals(await AmendAsync(id, note)), Is.Empty);
    }

    [Test]
    public async Task The_plan_that_told_what_is_held_since_is_the_records_offices_where_it_still_says_it([Values] bool worked)
    {
        if (capabilities != "open")
            return;
        var patient = worked ? "Patient/evelyn-h" : "Patient/thomas-n";
        var note = Some.Note(patient);
        note["concerns"] = JsonNode.Parse("""[ { "id": "fear", "domain": "stress", "text": "Her evenings" } ]""");
        note["goals"] = JsonNode.Parse($$"""[ { "id": "leave-{{worked}}", "addresses": ["fear"], "text": "A place of my own", "steps": [ { "id": "s1", "text": "Call the shelter", "who": "patient" } ] }{{(worked ? """, { "id": "garden", "text": "The garden" }""" : "")}} ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        var before = await town.Http.JsonAsync("chw", HttpMethod.Get, $"/visit-notes/{id}");
        var plan = (string)before["resources"]!.AsArray().Single(row => (string?)row!["key"] == "care-plan")!["reference"]!;
        if (worked)
        {
            var there = JsonNode.Parse(await town.Ehr.GetStringOfAsync(plan))!;
            there["activity"]!.AsArray().Single(one => (string?)one!["detail"]?["description"] == "Call the shelter")!["detail"]!["status"] = "completed";
            using var put = await town.Ehr.PutAsync(plan, new StringContent(there.ToJsonString(), Encoding.UTF8, "application/fhir+json"));
            Assert.That((int)put.StatusCode, Is.EqualTo(200), await put.Content.ReadAsStringAsync());
        }
        note["concerns"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");

        var status = await AmendAsync(id, note);
        var nurse = await SeenAsync("nurse", id);
        var now = await town.Ehr.GetStringOfAsync(plan);

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That(now, Does.Contain("Call the shelter"), "what the office is asked for is there");
        Assert.That(status["removals"]!.AsArray().Select(row => (string?)row!["type"]), Is.EquivalentTo(new[] { "CarePlan", "Condition", "DocumentReference", "Goal" }), status.ToJsonString());
        Assert.That(status["removals"]!.AsArray().Select(row => (string?)row!["reference"]), Does.Contain(plan));
        Assert.That(nurse, Does.Not.Contain("shelter").And.Not.Contain("leave-").And.Not.Contain("my own"));

        note["concerns"]![0]!.AsObject().Remove("hold");
        var open = await AmendAsync(id, note);
        Assert.That(Removals(open), Is.Empty, "what is told again nobody has to take out");
    }

    [Test]
    public async Task A_plan_that_does_not_say_it_any_more_is_left_alone()
    {
        if (capabilities != "open")
            return;
        var note = Some.Note("Patient/walter-b");
        note["concerns"] = JsonNode.Parse("""[ { "id": "fear", "domain": "stress", "text": "Her evenings" } ]""");
        note["goals"] = JsonNode.Parse("""[ { "id": "leave", "addresses": ["fear"], "text": "A place of my own", "steps": [ { "id": "s1", "text": "Call the shelter", "who": "patient" } ] }, { "id": "garden", "text": "The garden" } ]""");
        var id = (string)note["id"]!;
        using (await town.PostNoteAsync(note.ToJsonString()))
            await town.SettledAsync(id);
        note["concerns"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["social-work"] }""");

        var status = await AmendAsync(id, note);

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That(status["removals"]!.AsArray().Select(row => (string?)row!["type"]), Is.EquivalentTo(new[] { "Condition", "DocumentReference", "Goal" }), status.ToJsonString());
        var plan = await town.Ehr.GetStringOfAsync((string)status["resources"]!.AsArray().Single(row => (string?)row!["key"] == "care-plan")!["reference"]!);
        Assert.That(plan, Does.Not.Contain("shelter").And.Not.Contain("my own"));
    }

    [Test]
    public async Task A_message_that_tells_of_violence_is_for_no_clinician_of_the_care_team()
    {
        var id = await PostAsync(note => note["messages"] = JsonNode.Parse($$"""
            [ { "id": "m1", "to": ["care-team"], "text": "{{Secret}}", "about": ["concern/intimate-partner-violence"], "hold": { "why": "danger" } },
              { "id": "m2", "to": ["care-team"], "text": "Call on Monday", "hold": { "why": "danger" } } ]
            """));

        var seen = new Dictionary<string, string>();
        foreach (var role in new[] { "clinician", "social-worker", "nurse" })
            seen[role] = string.Join(',', (await town.Http.JsonAsync(role, HttpMethod.Get, $"/visit-notes/{id}/held"))["parts"]!.AsArray().Select(part => (string?)part!["text"]));

        Assert.That(seen, Is.EqualTo(new Dictionary<string, string> { ["clinician"] = "Call on Monday", ["social-worker"] = $"{Secret},Call on Monday", ["nurse"] = "" }));
    }

    [Test]
    public async Task The_status_says_to_nobody_else_what_kind_of_thing_is_held_where_or_who_saw_it()
    {
        var id = await PostAsync(note =>
        {
            note["sections"] = JsonNode.Parse("""[ { "title": "Kitchen", "text": "Tea with her sister." }, { "title": "At home", "text": "He hits her and she is afraid that he will kill her.", "hold": { "why": "danger", "for": ["social-work"] } } ]""");
            note["messages"] = JsonNode.Parse("""[ { "id": "bruises", "to": ["spiritual-care"], "urgency": "stat", "text": "Increase the morphine to 20 mg.", "hold": { "why": "danger", "for": ["social-work", "spiritual-care"] } } ]""");
            note["screenings"] = JsonNode.Parse("""[ { "instrument": "phq-9", "answers": [ { "item": "44250-9", "answer": "LA6571-9" } ], "hold": { "why": "patient-asked", "for": ["social-work"] } } ]""");
        });
        var held = (await town.Http.InboxAsync("social-worker", "?patient=Patient/rosa-m")).First(message => (string?)message["note"] == id);
        using var opened = await town.Http.SendAsync("social-worker", HttpMethod.Get, $"/messages/{held["id"]}");
        var writer = await town.Http.JsonAsync("chw", HttpMethod.Get, $"/visit-notes/{id}");

        var words = new StringBuilder();
        foreach (var path in new[] { $"/visit-notes/{id}", $"/visit-notes/{id}/plan", "/visit-notes?limit=1" })
            words.Append(await (await town.Http.SendAsync("nurse", HttpMethod.Get, path)).Content.ReadAsStringAsync());

        var codes = writer["issues"]!.AsArray().Select(issue => (string?)issue!["code"]).ToList();
        using var together = Assert.EnterMultipleScope();
        Assert.That(codes, Is.SupersetOf(new[] { "possible-red-flag", "scope-of-practice", "red-flag", "recipient-not-found", "incomplete" }), "who wrote it reads what there is");
        Assert.That(words.ToString(), Does.Not.Contain("red-flag").And.Not.Contain("scope-of-practice").And.Not.Contain("recipient-not-found").And.Not.Contain("/sections/1").And.Not.Contain("PHQ"));
        Assert.That(words.ToString(), Does.Not.Contain("bruises").And.Not.Contain("Practitioner/sw"), "neither the message's name nor who has opened it");
        Assert.That(words.ToString(), Does.Contain("\"reach\":\"opened\"").And.Contain("held/1"), "only that there is one");
    }

    [Test]
    public async Task Kept_held_it_stays_out_and_says_who_decided()
    {
        var id = await PostAsync(note => (note["narrative"], note["narrativeHold"]) = (Secret, JsonNode.Parse("""{ "why": "danger" }""")));
        var part = (string)(await town.Http.JsonAsync("social-worker", HttpMethod.Get, $"/visit-notes/{id}/held"))["parts"]![0]!["id"]!;

        using var kept = await town.Http.SendAsync("social-worker", HttpMethod.Post, $"/visit-notes/{id}/held/{part}/confirm", new JsonObject { ["reason"] = Reason });
        await town.SettledAsync(id);
        var seen = (await town.Http.JsonAsync("chw", HttpMethod.Get, $"/visit-notes/{id}/held"))["parts"]![0]!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((int)kept.StatusCode, Is.EqualTo(202));
        Assert.That(((string?)seen["state"], (string?)seen["decision"]!["role"], (string?)seen["decision"]!["reason"]), Is.EqualTo(("confirmed", "social-worker", Reason)));
        Assert.That(await DocumentsAsync(), Has.None.Contains(Secret));
    }

    [Test]
    public async Task The_preview_says_who_can_read_it_and_how_much_is_in_none_of_it()
    {
        var note = Some.Note("Patient/rosa-m");
        note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "danger" } } ]""");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/visit-notes/preview") { Content = new StringContent(note.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await town.Http.SendAsync(request);
        var preview = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((string?)preview["readableBy"], Does.Contain("anyone with portal access"));
        Assert.That((int?)preview["heldBack"], Is.EqualTo(1));
        Assert.That(preview.ToJsonString(), Does.Not.Contain(Secret));
    }

    private async Task<string> PostAsync(Action<JsonObject> say)
    {
        var note = Some.Note("Patient/rosa-m");
        say(note);
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        await town.SettledAsync((string)note["id"]!);
        return (string)note["id"]!;
    }

    private static IEnumerable<string> Removals(JsonNode status) => status["removals"]!.AsArray().Select(row => $"{row!["key"]} {row["type"]}");

    private async Task<string> SeenAsync(string role, string id)
    {
        var words = new StringBuilder();
        foreach (var path in new[] { "", "/plan", "/bundle", "/history", "/held" })
            words.Append(await (await town.Http.SendAsync(role, HttpMethod.Get, $"/visit-notes/{id}{path}")).Content.ReadAsStringAsync());
        return words.ToString();
    }

    private async Task<JsonNode> AmendAsync(string id, JsonObject note)
    {
        using var there = await town.Http.SendAsync("chw", HttpMethod.Get, $"/visit-notes/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = new StringContent(note.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", there.Headers.ETag!.Tag);
        using var answer = await town.Http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        return await town.SettledAsync(id);
    }

    private async Task<IReadOnlyList<string>> DocumentsAsync()
    {
        var found = JsonNode.Parse(await town.Ehr.GetStringOfAsync("DocumentReference?patient=rosa-m&_count=200"))!;
        var texts = new List<string>();
        foreach (var content in found["entry"]?.AsArray().Select(entry => entry!["resource"]!).Where(one => (string?)one["resourceType"] == "DocumentReference").Select(one => one["content"]![0]!["attachment"]!) ?? [])
            texts.Add((string?)content["data"] is { } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : await town.Ehr.GetStringOfAsync((string)content["url"]!));
        return texts;
    }

    private async Task<AuditRecord> LastReleaseAsync() =>
        (await town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter { Limit = 200 }, CancellationToken.None)).Items.First(entry => entry.Record.Action == AuditAction.Release).Record;
}
