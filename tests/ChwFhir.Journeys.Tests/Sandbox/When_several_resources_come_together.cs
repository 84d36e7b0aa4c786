using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_several_resources_come_together
{
    private const string ThePatient = """{ "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": { "resourceType": "Patient", "identifier": [{ "system": "urn:mrn", "value": "1" }], "name": [{ "family": "Ito" }] }, "request": { "method": "POST", "url": "Patient", "ifNoneExist": "identifier=urn:mrn|1" } }""";
    private const string TheEncounter = """{ "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000002", "resource": { "resourceType": "Encounter", "status": "finished", "class": { "code": "HH" }, "subject": { "reference": "urn:uuid:00000000-0000-4000-8000-000000000001" } }, "request": { "method": "POST", "url": "Encounter" } }""";
    private const string TheNote = """
        { "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000003", "resource": { "resourceType": "DocumentReference", "status": "current",
          "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"urn:uuid:00000000-0000-4000-8000-000000000002\">visit</a></div>" },
          "identifier": [{ "system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-4000-8000-000000000002" }],
          "extension": [{ "url": "http://x", "extension": [{ "url": "deep", "valueReference": { "reference": "urn:uuid:00000000-0000-4000-8000-000000000002" } }] }],
          "subject": { "reference": "Patient?identifier=urn:mrn|1" }, "content": [{ "attachment": { "contentType": "text/plain", "data": "eA==" } }],
          "context": { "encounter": [{ "reference": "urn:uuid:00000000-0000-4000-8000-000000000002" }] } }, "request": { "method": "POST", "url": "DocumentReference" } }
        """;

    [Test]
    public async Task Links_between_them_are_rewritten_wherever_they_stand()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAsync("Patient", """{ "resourceType": "Patient", "identifier": [{ "system": "urn:mrn", "value": "1" }], "name": [{ "family": "Ito" }] }""");

        var response = await sandbox.TransactAsync(Bundle("transaction", TheNote, TheEncounter, ThePatient));
        var (note, encounter, patient) = (Location(response, 0), Location(response, 1), Location(response, 2));
        var text = await sandbox.Http.GetStringAsync(note);
        var read = JsonNode.Parse(text)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statuses(response), Is.EqualTo(new[] { "201 Created", "201 Created", "200 OK" }));
            Assert.That(read["subject"]!["reference"]!.GetValue<string>(), Is.EqualTo(patient));
            Assert.That(read["context"]!["encounter"]![0]!["reference"]!.GetValue<string>(), Is.EqualTo(encounter));
            Assert.That(read["extension"]![0]!["extension"]![0]!["valueReference"]!["reference"]!.GetValue<string>(), Is.EqualTo(encounter));
            Assert.That(read["text"]!["div"]!.GetValue<string>(), Does.Contain($"href=\"{encounter}\""));
            Assert.That(read["identifier"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("urn:uuid:00000000-0000-4000-8000-000000000002"), "an identifier is no link");
            Assert.That(response["entry"]![0]!["response"]!["etag"]!.GetValue<string>(), Is.EqualTo("W/\"1\""));
        }
    }

    [TestCase("""{ "resource": { "resourceType": "Encounter", "class": { "code": "HH" } }, "request": { "method": "POST", "url": "Encounter" } }""", 400, "Bundle.entry[1].resource.status")]
    [TestCase("""{ "resource": { "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/nobody" } }, "request": { "method": "POST", "url": "Basic" } }""", 422, "Bundle.entry[1].resource.subject")]
    [TestCase("""{ "resource": { "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "urn:uuid:5" } }, "request": { "method": "POST", "url": "Basic" } }""", 422, "Bundle.entry[1].resource.subject")]
    [TestCase("""{ "resource": { "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient?identifier=none" } }, "request": { "method": "POST", "url": "Basic" } }""", 412, "Bundle.entry[1].resource.subject")]
    [TestCase("""{ "resource": { "resourceType": "Basic", "id": "b", "code": { "text": "x" } }, "request": { "method": "PUT", "url": "Basic/b", "ifMatch": "W/\"3\"" } }""", 412, "Bundle.entry[1]")]
    [TestCase("""{ "request": { "method": "GET", "url": "Basic/none" } }""", 404, "Bundle.entry[1]")]
    [TestCase("""{ "request": { "method": "POST", "url": "Basic" } }""", 400, "Bundle.entry[1]")]
    [TestCase("""{ "resource": { "resourceType": "Basic" } }""", 400, "Bundle.entry[1].request")]
    [TestCase("""{ "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": { "resourceType": "Basic", "code": { "text": "x" } }, "request": { "method": "POST", "url": "Basic" } }""", 400, "Bundle.entry[1].fullUrl")]
    [TestCase("""{ "resource": { "resourceType": "Patient", "name": [{ "family": "Ito" }] }, "request": { "method": "POST", "url": "Patient", "ifNoneExist": "identifier=urn:mrn|1" } }""", 400, "Bundle.entry[1].request.ifNoneExist")]
    [TestCase("""{ "resource": { "resourceType": "Nonsense" }, "request": { "method": "POST", "url": "Nonsense" } }""", 400, "Bundle.entry[1]")]
    [TestCase("""{ "request": { "method": "PATCH", "url": "Patient/1" } }""", 405, "Bundle.entry[1]")]
    public async Task One_bad_entry_leaves_nothing_behind(string bad, int status, string expression)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var outcome = await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Post, "", Bundle("transaction", ThePatient, bad)), status);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome["issue"]![0]!["expression"]![0]!.GetValue<string>(), Is.EqualTo(expression));
            Assert.That((await sandbox.GetAsync("Patient"))["total"]!.GetValue<int>(), Is.Zero);
        }
    }

    [Test]
    public async Task A_batch_carries_out_what_it_can()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var response = await sandbox.TransactAsync(Bundle("batch", """{ "request": { "method": "GET", "url": "Patient/none" } }""", ThePatient, """{ "request": { "method": "GET", "url": "Patient?identifier=urn:mrn|1" } }"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statuses(response), Is.EqualTo(new[] { "404 Not Found", "201 Created", "200 OK" }));
            Assert.That(response["entry"]![0]!["response"]!["outcome"]!["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
            Assert.That(response["entry"]![2]!["resource"]!["total"]!.GetValue<int>(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Deletes_go_first_and_reads_see_what_was_written()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SendAsync(HttpMethod.Put, "Basic/old", """{ "resourceType": "Basic", "id": "old", "identifier": [{ "value": "k" }], "code": { "text": "old" } }""");

        var response = await sandbox.TransactAsync(Bundle("transaction",
            """{ "request": { "method": "GET", "url": "Basic?identifier=k" } }""",
            """{ "resource": { "resourceType": "Basic", "identifier": [{ "value": "k" }], "code": { "text": "new" } }, "request": { "method": "POST", "url": "Basic", "ifNoneExist": "identifier=k" } }""",
            """{ "request": { "method": "DELETE", "url": "Basic/old" } }"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statuses(response), Is.EqualTo(new[] { "200 OK", "201 Created", "204 No Content" }));
            Assert.That(response["entry"]![0]!["resource"]!["entry"]![0]!["resource"]!["code"]!["text"]!.GetValue<string>(), Is.EqualTo("new"));
        }
    }

    [Test]
    public async Task A_conditional_update_makes_one_and_then_changes_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        const string Entry = """{ "resource": { "resourceType": "Basic", "identifier": [{ "value": "k" }], "code": { "text": "x" } }, "request": { "method": "PUT", "url": "Basic?identifier=k" } }""";

        var first = await sandbox.TransactAsync(Bundle("transaction", Entry));
        var second = await sandbox.TransactAsync(Bundle("transaction", Entry));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statuses(first).Concat(Statuses(second)), Is.EqualTo(new[] { "201 Created", "200 OK" }));
            Assert.That(Location(second, 0), Is.EqualTo(Location(first, 0)));
        }
    }

    private static string Bundle(string type, params string[] entries) => $$"""{ "resourceType": "Bundle", "type": "{{type}}", "entry": [{{string.Join(',', entries)}}] }""";

    private static IEnumerable<string> Statuses(JsonNode response) => response["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>());

    private static string Location(JsonNode response, int index) => response["entry"]![index]!["response"]!["location"]!.GetValue<string>().Split("/_history")[0];
}
