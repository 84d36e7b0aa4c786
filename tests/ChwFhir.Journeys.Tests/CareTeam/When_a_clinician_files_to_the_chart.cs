using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.CareTeam;

[TestFixture("open"), TestFixture("epic")]
internal sealed class When_a_clinician_files_to_the_chart(string capabilities)
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync(("Ehr__Sandbox__Capabilities", capabilities), ("Ehr__ProgrammeEncounter", "Encounter/rosa-m-programme"));

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task Their_reply_becomes_one_document_that_names_them_and_nobody_else_can_ask_for_it()
    {
        var id = await MessageAsync(to: "pharmacy");
        var replied = await town.Http.JsonAsync("clinician", HttpMethod.Post, $"/messages/{id}/replies", new JsonObject { ["text"] = "Keep the dose as it is.", ["will"] = "i-call" });
        var reply = new JsonObject { ["reply"] = (string?)replied["replies"]![0]!["id"] };
        var kept = await DocumentsAsync("Keep the dose as it is.");

        using var nurse = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/file", Copy(reply));
        using var chw = await town.Http.SendAsync("chw", HttpMethod.Post, $"/messages/{id}/file", Copy(reply));
        using var stranger = await town.Http.SendAsync("social-worker", HttpMethod.Post, $"/messages/{id}/file", Copy(reply));
        using var filed = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/file", Copy(reply));
        var message = JsonNode.Parse(await filed.Content.ReadAsStringAsync())!;
        var settled = await town.SettledAsync((string)message["replies"]![0]!["filedAs"]!);
        using var again = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{id}/file", Copy(reply));
        await town.SettledAsync((string)message["replies"]![0]!["filedAs"]!);

        var documents = await DocumentsAsync("Keep the dose as it is.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { nurse, chw, stranger, filed, again }.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 403, 403, 404, 202, 202 }));
            Assert.That(kept, Is.Empty, "it is kept until its writer asks");
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
            Assert.That((string?)settled["kind"], Is.EqualTo("care-team-note"));
            Assert.That(documents, Has.Count.EqualTo(1));
            Assert.That(documents[0], Does.StartWith("Written by Dr. Anjali Raman, MD. Clinician's reply to a community health worker's message, 20"));
            Assert.That(documents[0], Does.Contain("I will call.").And.Contain("He cannot swallow since this morning."));
            Assert.That(documents[0].TrimEnd(), Does.EndWith($"CHW note ref {message["replies"]![0]!["filedAs"]}/note"));
            Assert.That(message["filed"]!.AsArray().Select(one => (string?)one!["by"]), Is.EqualTo(new[] { "Practitioner/pcp-1" }));
        }
    }

    [Test]
    public async Task That_they_have_seen_it_is_filed_without_a_body_and_stops_its_clock()
    {
        var id = await MessageAsync(to: "nurse", text: "A word that the nurse has seen.");

        using var filed = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/file");
        var message = JsonNode.Parse(await filed.Content.ReadAsStringAsync())!;
        var settled = await town.SettledAsync((string)message["filed"]![0]!["note"]!);
        using var again = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{id}/file", new JsonObject());

        var documents = await DocumentsAsync("Nurse's word that they have seen");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(filed.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)message["reach"], Is.EqualTo("opened"));
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
            Assert.That(documents, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Their_own_message_is_filed_by_them_alone()
    {
        var sent = await town.Http.JsonAsync("clinician", HttpMethod.Post, "/patients/rosa-m/messages", new JsonObject { ["text"] = "Please go over the inhaler again.", ["to"] = new JsonArray("chw", "nurse") });

        using var chw = await town.Http.SendAsync("chw", HttpMethod.Post, $"/messages/{sent["id"]}/file");
        using var filed = await town.Http.SendAsync("clinician", HttpMethod.Post, $"/messages/{sent["id"]}/file");
        var message = JsonNode.Parse(await filed.Content.ReadAsStringAsync())!;
        var settled = await town.SettledAsync((string)message["filed"]![0]!["note"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chw.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((string?)settled["state"], Is.EqualTo("written"), settled.ToJsonString());
            Assert.That(await DocumentsAsync("Please go over the inhaler again."), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_is_held_or_taken_back_stays_out_of_the_chart()
    {
        var note = Inbox.Note("routine", to: "nurse", patient: "Patient/rosa-m");
        note["messages"]![0]!["hold"] = JsonNode.Parse("""{ "why": "danger", "for": ["nurse"] }""");
        var held = await MessageAsync(note);
        var back = Inbox.Note("routine", to: "nurse", patient: "Patient/rosa-m");
        var withdrawn = await MessageAsync(back);
        await town.SettledAsync((string)back["id"]!);
        await town.Http.JsonAsync("chw", HttpMethod.Post, $"/visit-notes/{back["id"]}/retract", new JsonObject { ["reason"] = "entered-in-error" });

        using var first = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{held}/file");
        using var second = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{withdrawn}/file");
        using var nobodys = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{held}/file", new JsonObject { ["reply"] = "999999" });
        using var none = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{await MessageAsync(to: "nurse")}/file", new JsonObject { ["reply"] = "999999" });
        using var odd = await town.Http.SendAsync("nurse", HttpMethod.Post, $"/messages/{await MessageAsync(to: "nurse")}/file", new JsonObject { ["colour"] = "red" });

        Assert.That(new[] { first, second, nobodys, none, odd }.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 409, 409, 409, 422, 422 }));
    }

    private static JsonObject Copy(JsonObject body) => body.DeepClone().AsObject();

    private Task<string> MessageAsync(string to, string text = "He cannot swallow since this morning.") => MessageAsync(Inbox.Note("routine", to, text, "Patient/rosa-m"));

    private async Task<string> MessageAsync(JsonObject note)
    {
        using var answer = await town.PostNoteAsync(note.ToJsonString());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
        return (string)(await town.Http.InboxAsync("chw", "?limit=200")).Single(message => (string?)message["note"] == (string?)note["id"])["id"]!;
    }

    // As the EHR gives them back, the strict one as Binary.
    private async Task<IReadOnlyList<string>> DocumentsAsync(string saying)
    {
        List<string> texts = [];
        var found = await town.ReadFromEhrAsync("DocumentReference?patient=rosa-m&category=clinical-note&_count=200");
        foreach (var content in found["entry"]?.AsArray().Where(entry => (string?)entry!["resource"]!["resourceType"] == "DocumentReference").Select(entry => entry!["resource"]!["content"]![0]!["attachment"]!) ?? [])
        {
            var bytes = content["data"] is { } data ? Convert.FromBase64String((string)data!) : await town.Ehr.GetByteArrayAsync((string)content["url"]!);
            var text = Plain(Encoding.UTF8.GetString(bytes));
            if (text.Contains(saying, StringComparison.Ordinal) && text.StartsWith("Written by ", StringComparison.Ordinal) && !text.Contains("community health worker, not a clinician. ", StringComparison.Ordinal))
                texts.Add(text);
        }
        return texts;
    }

    private static string Plain(string text) =>
        WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(text, "^.*<body>|<[^>]+>", " "), @"\s+", " ")).Trim();
}
