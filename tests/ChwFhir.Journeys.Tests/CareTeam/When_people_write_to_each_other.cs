using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.CareTeam;

internal sealed class When_people_write_to_each_other
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task A_message_goes_from_the_note_through_every_reach_and_back_to_the_CHW()
    {
        var (note, id) = await SendAsync(Inbox.Note("urgent"));

        var reaches = new List<string?> { await ReachAsync(note) };
        var opened = await town.Http.JsonAsync("nurse", HttpMethod.Get, $"/messages/{id}");
        reaches.Add(await ReachAsync(note));
        var taken = await town.Http.JsonAsync("nurse", HttpMethod.Post, $"/messages/{id}/take");
        reaches.Add(await ReachAsync(note));
        using var reply = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/replies", new JsonObject { ["id"] = "r1", ["text"] = "I call him at ten.", ["for"] = "chw", ["will"] = "i-call" });
        using var again = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/replies", new JsonObject { ["id"] = "r1", ["text"] = "I call him at ten.", ["for"] = "chw", ["will"] = "i-call" });
        var seen = await town.Http.JsonAsync("chw", HttpMethod.Get, $"/messages/{id}");
        using var closed = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/close", new JsonObject { ["outcome"] = "patient-reached" });
        reaches.Add(await ReachAsync(note));
        var status = (await town.StatusAsync(note))["messages"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reaches, Is.EqualTo(new[] { "waiting", "opened", "taken", "closed" }));
            Assert.That((string?)opened["by"], Is.EqualTo("Practitioner/nurse-1"));
            Assert.That((string?)taken["takenBy"], Is.EqualTo("Practitioner/nurse-1"));
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(seen["replies"]!.AsArray().Select(one => (string?)one!["text"]), Is.EqualTo(new[] { "I call him at ten." }));
            Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)status["by"], Is.EqualTo("Practitioner/nurse-1"));
            Assert.That(status["at"], Is.Not.Null);
        }
    }

    [Test]
    public async Task Only_those_it_is_for_and_its_writer_see_it()
    {
        var (_, id) = await SendAsync(Inbox.Note("routine", to: "social-work"));

        var seen = new Dictionary<string, bool>();
        foreach (var role in new[] { "director", "privacy", "integration" })
        {
            using var answer = await town.Http.SendAsync(role, HttpMethod.Head, $"/messages/{id}");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), $"{role}: nobody writes to them");
        }
        foreach (var role in new[] { "chw", "clinician", "nurse", "social-worker", "supervisor" })
        {
            using var answer = await town.Http.SendAsync(role, HttpMethod.Head, $"/messages/{id}");
            var listed = (await town.Http.InboxAsync(role)).Any(message => (string?)message["id"] == id);
            Assert.That(listed, Is.EqualTo(answer.StatusCode == HttpStatusCode.OK), role);
            seen[role] = listed;
        }

        Assert.That(seen.Where(one => one.Value).Select(one => one.Key), Is.EquivalentTo(new[] { "chw", "social-worker" }));
    }

    [Test]
    public async Task What_its_writer_reads_and_what_is_only_looked_at_is_not_opened()
    {
        var (note, id) = await SendAsync(Inbox.Note("routine"));

        await town.Http.JsonAsync("chw", HttpMethod.Get, $"/messages/{id}");
        using var head = await town.Http.SendAsync("nurse", HttpMethod.Head, $"/messages/{id}");
        await town.Http.InboxAsync("nurse");

        Assert.That(await ReachAsync(note), Is.EqualTo("waiting"));
    }

    [Test]
    public async Task Two_cannot_take_the_same_and_what_is_closed_stays_closed()
    {
        var (_, id) = await SendAsync(Inbox.Note("routine", to: "pharmacy"));

        using var first = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/take");
        using var same = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/take");
        using var second = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/take");
        using var other = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/close", new JsonObject { ["outcome"] = "not-needed" });
        using var closed = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/close", new JsonObject { ["outcome"] = "handed-on" });
        using var late = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/replies", new JsonObject { ["text"] = "Too late" });
        using var acknowledged = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/acknowledge");

        Assert.That(
            new[] { first, same, second, other, closed, late, acknowledged }.Select(answer => (int)answer.StatusCode),
            Is.EqualTo(new[] { 202, 202, 409, 409, 202, 409, 202 }));
    }

    [Test]
    public async Task A_clinicians_known_until_quiets_that_symptom_and_nobody_elses_word_does()
    {
        var note = Some.Note("Patient/rosa-m");
        note["symptoms"] = JsonNode.Parse("""[ { "symptom": "breathlessness", "score": 9 } ]""");
        await SendAsync(note);
        var alert = (await town.Http.InboxAsync("clinician", "?patient=Patient/rosa-m")).Single(message => (string?)message["topic"] == "red-flag");
        using var nurse = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{alert["id"]}/close", new JsonObject { ["outcome"] = "not-needed", ["knownUntil"] = "2031-01-01" });
        using var clinician = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{alert["id"]}/close", new JsonObject { ["outcome"] = "patient-reached", ["knownUntil"] = "2031-01-01" });

        var next = Some.Note("Patient/rosa-m");
        next["symptoms"] = JsonNode.Parse("""[ { "symptom": "breathlessness", "score": 9, "tolerable": 3 } ]""");
        var (quiet, _) = await SendAsync(next);
        var other = Some.Note("Patient/rosa-m");
        other["symptoms"] = JsonNode.Parse("""[ { "symptom": "nausea", "score": 9 } ]""");
        var (loud, _) = await SendAsync(other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nurse.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(clinician.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((await town.StatusAsync(quiet))["messages"]!.AsArray(), Is.Empty);
            Assert.That((await town.StatusAsync(loud))["messages"]!.AsArray(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_CHWs_own_message_is_in_the_inbox_at_once_and_in_the_chart_as_itself()
    {
        var body = new JsonObject { ["id"] = "own-1", ["kind"] = "report", ["to"] = new JsonArray("nurse"), ["text"] = "The oxygen was delivered." };

        using var sent = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/walter-b/messages", body.DeepClone().AsObject());
        using var again = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/walter-b/messages", body.DeepClone().AsObject());
        using var other = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/walter-b/messages", new JsonObject { ["id"] = "own-1", ["text"] = "Something else" });
        var message = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;
        var same = JsonNode.Parse(await again.Content.ReadAsStringAsync())!;
        var inbox = await town.Http.InboxAsync("nurse", "?patient=Patient/walter-b&to=nurse");
        var settled = await town.SettledAsync((string)message["note"]!);
        var written = settled["resources"]!.AsArray().Where(resource => (string?)resource!["state"] == "written").Select(resource => (string?)resource!["type"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)same["id"], Is.EqualTo((string?)message["id"]));
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(inbox.Select(one => (string?)one["text"]), Is.EqualTo(new[] { "The oxygen was delivered." }));
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
            Assert.That(written, Is.EquivalentTo(new[] { "Communication", "Provenance" }));
        }
    }

    [Test]
    public async Task Where_the_EHR_takes_no_messages_a_CHWs_own_becomes_a_document_of_its_own()
    {
        await using var strict = await Town.StartAsync(("Ehr__Sandbox__Capabilities", "epic"), ("Ehr__Capabilities", Narrow()), ("Ehr__ProgrammeEncounter", "Encounter/rosa-m-programme"));
        using var sent = await strict.Http.SendAsync("chw", HttpMethod.Post, "/patients/rosa-m/messages", new JsonObject { ["text"] = "The oxygen was delivered." });
        var message = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;

        var settled = await strict.SettledAsync((string)message["note"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)settled["kind"], Is.EqualTo("message"));
            Assert.That(settled["resources"]!.AsArray().Select(resource => (string?)resource!["key"]), Does.Contain("note").And.Contain("message/m1"));
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
            Assert.That((await strict.Http.InboxAsync("nurse")).Select(one => (string?)one["text"]), Is.EqualTo(new[] { "The oxygen was delivered." }));
        }
    }

    [Test]
    public async Task What_the_team_writes_to_the_CHW_stays_with_the_service()
    {
        using var sent = await town.Http.SendAsync("clinician", HttpMethod.Post, "/patients/thomas-n/messages", new JsonObject { ["kind"] = "reinforce", ["text"] = "Please go over the inhaler again." });
        var message = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;
        var inbox = await town.Http.InboxAsync("chw", "?to=chw");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(message["note"], Is.Null);
            Assert.That(inbox.Select(one => (string?)one["id"]), Does.Contain((string?)message["id"]));
        }
    }

    [Test]
    public async Task A_violence_flag_is_told_to_the_few_and_never_to_the_care_team()
    {
        var note = Some.Note("Patient/evelyn-h");
        note["concerns"] = JsonNode.Parse("""[ { "domain": "intimate-partner-violence", "text": "MARKER-violence" } ]""");
        await SendAsync(note);

        var told = new List<string>();
        foreach (var role in new[] { "chw", "clinician", "nurse", "social-worker", "supervisor" })
        {
            if ((await town.Http.InboxAsync(role, "?patient=Patient/evelyn-h")).Any(message => (bool)message["held"]!))
                told.Add(role);
        }

        Assert.That(told, Is.EquivalentTo(new[] { "chw", "social-worker", "supervisor" }));
    }

    [TestCase("""{ "text": "" }""", "/text")]
    [TestCase("""{ "text": "a", "urgency": "soon" }""", "/urgency")]
    [TestCase("""{ "text": "a", "to": ["everybody"] }""", "/to/0")]
    [TestCase("""{ "text": "a", "kind": "order" }""", "/kind")]
    [TestCase("""{ "text": "a", "colour": "red" }""", "/colour")]
    [TestCase("""{ "text": "a", "inReplyTo": "999999" }""", "/inReplyTo")]
    public async Task What_is_wrong_is_said_with_its_place(string body, string pointer)
    {
        using var answer = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/thomas-n/messages", JsonNode.Parse(body)!.AsObject());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem["errors"]!.AsArray().Select(error => (string?)error!["pointer"]), Does.Contain(pointer));
    }

    [Test]
    public async Task A_message_goes_on_from_none_about_another_patient()
    {
        using var sent = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/evelyn-h/messages", new JsonObject { ["text"] = "About her." });
        var about = (string)JsonNode.Parse(await sent.Content.ReadAsStringAsync())!["id"]!;

        using var elsewhere = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/thomas-n/messages", new JsonObject { ["text"] = "About him.", ["inReplyTo"] = about });
        using var same = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/evelyn-h/messages", new JsonObject { ["text"] = "About her again.", ["inReplyTo"] = about });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        }
    }

    [Test]
    public async Task A_message_about_nobody_whom_the_EHR_knows_is_not_found()
    {
        using var answer = await town.Http.SendAsync("chw", HttpMethod.Post, "/patients/nobody-at-all/messages", new JsonObject { ["text"] = "a" });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_inbox_has_pages_and_the_most_pressing_comes_first()
    {
        foreach (var urgency in new[] { "routine", "stat", "urgent", "routine", "stat" })
            await SendAsync(Inbox.Note(urgency, to: "oncology", patient: "Patient/george-t"));

        List<string?> urgencies = [];
        string? cursor = null;
        do
        {
            var page = await town.Http.JsonAsync("clinician", HttpMethod.Get, $"/messages?to=oncology&patient=Patient/george-t&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            urgencies.AddRange(page["items"]!.AsArray().Select(item => (string?)item!["urgency"]));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.That(urgencies, Is.EqualTo(new[] { "stat", "stat", "urgent", "routine", "routine" }));
    }

    private static string Narrow()
    {
        var file = Path.Combine(Path.GetTempPath(), $"chwfhir-narrow-{Environment.ProcessId}.json");
        File.WriteAllText(file, """{ "Communication": [], "Task": [] }""");
        return file;
    }

    private async Task<(string Note, string Message)> SendAsync(JsonObject note)
    {
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
        var messages = await town.Http.InboxAsync("chw");
        return ((string)note["id"]!, (string?)messages.LastOrDefault(message => (string?)message["note"] == (string?)note["id"])?["id"] ?? "");
    }

    private async Task<string?> ReachAsync(string note) => (string?)(await town.StatusAsync(note))["messages"]![0]!["reach"];
}
