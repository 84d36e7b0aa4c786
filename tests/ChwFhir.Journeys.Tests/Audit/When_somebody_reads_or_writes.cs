using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Audit;

internal sealed class When_somebody_reads_or_writes
{
    [Test]
    public async Task It_is_in_the_log_with_who_what_whose_and_how_it_ended()
    {
        await using var town = await Town.StartAsync();
        using var posted = await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString());
        await town.SettledAsync("n-1");
        using var bundle = await town.CallAsync(HttpMethod.Get, "/api/v1/visit-notes/n-1/bundle", "supervisor");
        using var missing = await town.Http.GetAsync("/api/v1/visit-notes/nobody");

        var log = await town.AuditAsync();

        var gist = log.Select(Privacy.Gist).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gist[0], Is.EqualTo("Practitioner/chw-1 create visit-note Patient/rosa-m success"));
            Assert.That(gist, Does.Contain("Practitioner/chw-1 read visit-note Patient/rosa-m success"));
            Assert.That(gist, Does.Contain("Practitioner/sup-1 read visit-note Patient/rosa-m success"));
            Assert.That(gist.Last(line => !line.StartsWith("service ", StringComparison.Ordinal)), Is.EqualTo("Practitioner/chw-1 read visit-note  failed"), "what the service writes comes in beside");
            Assert.That((string?)log[0]["from"], Is.EqualTo("127.0.0.1"));
            Assert.That((string?)log[0]["purpose"], Is.EqualTo("TREAT"));
            Assert.That((string?)log[0]["what"], Is.EqualTo("1"), "our own number");
            Assert.That(log[0]["roles"]!.AsArray().Select(role => (string?)role), Does.Contain("chw"));
        }
    }

    [Test]
    public async Task Whoever_leaves_before_the_answer_is_in_the_log_for_it_may_have_been_done()
    {
        await using var town = await Town.StartAsync();
        (await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString())).Dispose();
        await town.SettledAsync("n-1");

        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(town.BaseUrl.Host, town.BaseUrl.Port);
            await connection.GetStream().WriteAsync("POST /api/v1/visit-notes/n-1/held/p/release HTTP/1.1\r\nHost: localhost\r\nX-Dev-Role: clinician\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"u8.ToArray());
        }

        // The server may see the end of the body before it sees that the caller is gone: it is in the log either way, with whose it was.
        var record = await Eventually.ItIsAsync(async () => (await town.AuditAsync()).LastOrDefault(item => (string?)item["why"] is "caller-left" or "not-done"));
        Assert.That($"{Privacy.Gist(record)} {record["what"]}", Is.EqualTo("Practitioner/pcp-1 release visit-note Patient/rosa-m failed 1"));
    }

    [Test]
    public async Task Each_patient_of_a_list_and_of_a_search_has_a_record()
    {
        await using var town = await Town.StartAsync();
        foreach (var (patient, id) in new[] { ("Patient/rosa-m", "a"), ("Patient/walter-b", "b") })
            (await town.PostNoteAsync(Some.Note(patient, id).ToJsonString())).Dispose();
        await town.SettledAsync("a");
        await town.SettledAsync("b");

        using var list = await town.CallAsync(HttpMethod.Get, "/api/v1/visit-notes", "supervisor");
        using var search = await town.CallAsync(HttpMethod.Post, "/api/v1/patients/search", "nurse", """{ "name": "rosa" }""");

        var gist = (await town.AuditAsync()).Select(Privacy.Gist).ToList();
        Assert.That(gist, Is.SupersetOf(new[]
        {
            "Practitioner/sup-1 read visit-note Patient/rosa-m success",
            "Practitioner/sup-1 read visit-note Patient/walter-b success",
            "Practitioner/nurse-1 read patient Patient/rosa-m success",
        }));
    }

    [Test]
    public async Task What_the_service_writes_to_the_EHR_is_recorded_on_behalf_of_the_author()
    {
        await using var town = await Town.StartAsync();
        (await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString())).Dispose();
        var status = await town.SettledAsync("n-1");
        var document = (string)status["resources"]!.AsArray().First(resource => (string?)resource!["key"] == "note")!["reference"]!;

        var record = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "subject": "service" }""")).FirstOrDefault(item => ((string?)item["what"])?.Split(' ').Contains(document) == true));

        Assert.That(Privacy.Gist(record), Is.EqualTo("service create ehr Patient/rosa-m success"));
        Assert.That((string?)record["onBehalfOf"], Is.EqualTo("Practitioner/chw-1"));
    }

    [Test]
    public async Task That_the_service_looked_into_a_chart_is_recorded_once_a_try()
    {
        await using var town = await Town.StartAsync();
        (await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString())).Dispose();
        await town.SettledAsync("n-1");

        var read = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "subject": "service", "action": "read" }""")) is { Count: > 0 } some ? some : null);

        Assert.That(read.Select(item => $"{Privacy.Gist(item)} {item["what"]} {item["onBehalfOf"]} {item["purpose"]}"), Is.EqualTo(new[] { "service read chart Patient/rosa-m success visit-note 1 Practitioner/chw-1 TREAT" }));
    }

    [Test]
    public async Task An_address_that_a_server_names_and_that_leads_into_the_house_is_recorded_without_saying_it()
    {
        await using var ehr = await SmartApp.ScriptedEhr.StartAsync();
        await using var town = await SmartApp.LaunchedTown.TownAsync(ehr);
        ehr.Configuration = said => said["jwks_uri"] = "http://169.254.169.254/MARKER";
        using var browser = new SmartApp.PlainBrowser(town.BaseUrl);
        var begun = await browser.GetAsync($"/smart/launch?iss={Uri.EscapeDataString(ehr.FhirBase)}&launch=l");

        var page = await browser.GetAsync(begun.Onward!.OriginalString);

        var record = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "subject": "service", "action": "attack" }""")).FirstOrDefault());
        Assert.That((int)page.Status, Is.EqualTo(502));
        Assert.That($"{Privacy.Gist(record)} {record["what"]} {record["why"]}", Is.EqualTo("service attack outside-address  refused app-sign-in jwks_uri is not https"));
        Assert.That(town.Log.Text, Does.Not.Contain("MARKER"));
    }

    [Test]
    public async Task An_import_is_recorded_document_by_document()
    {
        await using var town = await Town.StartAsync();
        var lines = string.Join('\n', new[] { "a", "b" }.Select(id => Some.Note("Patient/rosa-m", id).ToJsonString()));

        using var imported = await town.Http.PostAsync("/api/v1/imports", new StringContent(lines, null, "application/x-ndjson"));
        await imported.Content.ReadAsStringAsync();

        var gist = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "action": "create" }""")).Where(item => (string?)item["why"] == "import").Select(Privacy.Gist).ToList() is { Count: 2 } both ? both : null);
        Assert.That(gist, Is.All.EqualTo("Practitioner/chw-1 create visit-note Patient/rosa-m success"));
    }

    [Test]
    public async Task The_purpose_is_the_one_that_was_given_or_the_call_is_refused()
    {
        await using var town = await Town.StartAsync();
        using var known = new HttpRequestMessage(HttpMethod.Get, "/api/v1/visit-notes");
        known.Headers.Add("X-Purpose-Of-Use", "PATRQT");
        using var unknown = new HttpRequestMessage(HttpMethod.Get, "/api/v1/visit-notes");
        unknown.Headers.Add("X-Purpose-Of-Use", "curiosity");

        using var first = await town.Http.SendAsync(known);
        using var second = await town.Http.SendAsync(unknown);

        Assert.That(((int)first.StatusCode, (int)second.StatusCode), Is.EqualTo((200, 400)));
        Assert.That((await town.AuditAsync()).Select(item => (string?)item["purpose"]), Does.Contain("PATRQT"));
    }

    [Test]
    public async Task Without_the_log_nothing_is_read_and_what_is_handed_in_is_kept()
    {
        await using var town = await Town.StartAsync();
        await town.OnDatabaseAsync("CREATE TRIGGER audit_full BEFORE INSERT ON audit_record BEGIN SELECT RAISE(ABORT, 'full'); END");

        using var read = await town.Http.GetAsync("/api/v1/visit-notes");
        using var posted = await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString());
        var problem = (await read.Content.ReadFromJsonAsync<JsonObject>())!;

        await town.OnDatabaseAsync("DROP TRIGGER audit_full");
        var gist = await Eventually.ItIsAsync(async () => (await town.AuditAsync("""{ "action": "create", "subject": "Practitioner/chw-1" }""")).Select(Privacy.Gist).FirstOrDefault());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)read.StatusCode, (string?)problem["code"]), Is.EqualTo((503, "audit-unavailable")));
            Assert.That(read.Headers.RetryAfter, Is.Not.Null);
            Assert.That((int)posted.StatusCode, Is.EqualTo(202));
            Assert.That(gist, Is.EqualTo("Practitioner/chw-1 create visit-note Patient/rosa-m success"));
        }
    }

    [Test]
    public async Task The_records_go_to_the_EHR_where_it_takes_AuditEvent()
    {
        await using var town = await Town.StartAsync(("Audit__SendEvery", "PT1S"));
        (await town.PostNoteAsync(Some.Note("Patient/rosa-m", "n-1").ToJsonString())).Dispose();
        Assert.That((await town.ReadFromEhrAsync("metadata"))["rest"]![0]!["resource"]!.AsArray().Select(resource => (string?)resource!["type"]), Does.Contain("AuditEvent"), "the open sandbox takes it");

        var sent = await Eventually.ItIsAsync(async () => (await town.ReadFromEhrAsync("AuditEvent?_count=50"))["entry"]?.AsArray().Select(entry => entry!["resource"]!.AsObject()).FirstOrDefault(audit => (string?)audit["action"] == "C" && audit.ToJsonString().Contains("Practitioner/chw-1", StringComparison.Ordinal)));

        Assert.That((string?)sent["entity"]![0]!["what"]!["reference"], Is.EqualTo("Patient/rosa-m"));
    }
}
