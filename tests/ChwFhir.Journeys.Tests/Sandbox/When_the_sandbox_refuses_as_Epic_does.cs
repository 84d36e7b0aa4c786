using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_sandbox_refuses_as_Epic_does
{
    private RunningSandbox sandbox = null!;

    [SetUp]
    public async Task Start() => sandbox = await RunningSandbox.StartAsync(options => options with { Seed = true, Capabilities = "epic" });

    [TearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [TestCase("POST", "Encounter", 403, "")]
    [TestCase("POST", "CarePlan", 403, "")]
    [TestCase("POST", "Goal", 403, "")]
    [TestCase("POST", "Communication", 403, "")]
    [TestCase("POST", "ServiceRequest", 403, "")]
    [TestCase("POST", "Provenance", 404, "text/html")]
    [TestCase("POST", "", 404, "text/html")]
    [TestCase("PUT", "DocumentReference/1", 405, "")]
    [TestCase("PATCH", "Task/1", 405, "")]
    [TestCase("DELETE", "DocumentReference/1", 405, "")]
    [TestCase("GET", "Patient/rosa-m/_history/1", 404, "text/html")]
    public async Task What_is_not_offered_is_refused_without_FHIR(string method, string path, int status, string contentType)
    {
        var response = await sandbox.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? """{ "resourceType": "Bundle", "type": "batch" }""" : null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Content.Headers.ContentType?.MediaType ?? "", Is.EqualTo(contentType));
        }
    }

    [Test]
    public async Task A_note_is_filed_with_a_relative_location_and_no_version()
    {
        var response = await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", Note());
        var location = response.Headers.Location!.ToString();
        var filed = await sandbox.GetAsync(location);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(location, Does.StartWith("DocumentReference/").And.Not.Contain("_history"));
            Assert.That(response.Headers.ETag, Is.Null);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(filed["content"]!.AsArray(), Has.Count.EqualTo(1), "only the first attachment is kept");
            Assert.That(filed["identifier"], Is.Null, "identifiers are the server's own");
            Assert.That(filed["author"], Is.Null);
        }
    }

    [Test]
    public async Task The_same_note_again_is_a_second_one_whatever_the_condition_says()
    {
        await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", Note(), ("If-None-Exist", "identifier=urn:n|1"));
        await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", Note(), ("If-None-Exist", "identifier=urn:n|1"));

        var found = await sandbox.GetAsync("DocumentReference?patient=rosa-m&encounter=rosa-m-home-1");

        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(2));
    }

    [TestCase("encounter", "null", "59108", "context/encounter")]
    [TestCase("encounter", "[{ \"reference\": \"Encounter/none\" }]", "59144", "context/encounter")]
    [TestCase("encounter", "[{ \"reference\": \"Encounter/walter-b-home-1\" }]", "59111", "subject")]
    [TestCase("subject", "{ \"reference\": \"Patient/none\" }", "59144", "subject")]
    [TestCase("type", "{ \"coding\": [{ \"system\": \"http://loinc.org\", \"code\": \"69730-0\" }] }", "59111", "type")]
    [TestCase("type", "{ \"text\": \"note\" }", "59108", "type")]
    [TestCase("contentType", "\"text/html\"", "59111", "content/attachment/contentType")]
    [TestCase("data", "\"not base 64!\"", "59111", "content/attachment/data")]
    [TestCase("status", "\"superseded\"", "59111", "status")]
    public async Task A_note_that_breaks_a_rule_is_refused_with_its_number(string element, string value, string number, string expression)
    {
        var note = JsonNode.Parse(Note())!;
        var parent = element switch { "encounter" => note["context"]!, "contentType" or "data" => note["content"]![0]!["attachment"]!, _ => note };
        parent[element] = JsonNode.Parse(value);

        await AssertRefused("DocumentReference", note.ToJsonString(), 400, number, expression);
    }

    [Test]
    public async Task A_reading_is_filed_once()
    {
        var first = await sandbox.SendAsync(HttpMethod.Post, "Observation", Weight("29463-7", "rosa-m-programme"));

        Assert.That((int)first.StatusCode, Is.EqualTo(201));
        await AssertRefused("Observation", Weight("29463-7", "rosa-m-programme"), 400, "59189", "code/instant");
    }

    [TestCase("99999-9", "rosa-m-programme", "59188", "code")]
    [TestCase("29463-7", "rosa-m-palliative-1", "59159", "encounter")]
    [TestCase("29463-7", "walter-b-clinic-1", "59111", "subject")]
    public async Task A_reading_that_has_no_row_or_no_open_encounter_is_refused(string code, string encounter, string number, string expression) =>
        await AssertRefused("Observation", Weight(code, encounter), 400, number, expression);

    [Test]
    public async Task A_provisional_problem_is_taken_and_not_seen_again()
    {
        var response = await sandbox.SendAsync(HttpMethod.Post, "Condition", Problem("provisional"));
        var found = await sandbox.GetAsync("Condition?patient=rosa-m&code=733423003");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(found["total"]!.GetValue<int>(), Is.Zero);
            Assert.That((int)(await sandbox.Http.GetAsync(response.Headers.Location)).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public Task A_problem_that_is_not_provisional_is_refused() => AssertRefused("Condition", Problem("confirmed"), 422, "59012", "verificationstatus");

    [Test]
    public async Task The_statement_claims_more_than_is_taken()
    {
        var creates = (await sandbox.GetAsync("metadata"))["rest"]![0]!["resource"]!.AsArray()
            .Where(resource => resource!["interaction"]!.AsArray().Any(one => one!["code"]!.GetValue<string>() == "create")).Select(resource => resource!["type"]!.GetValue<string>()).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(creates, Does.Contain("Communication").And.Contain("DocumentReference").And.Not.Contain("Encounter").And.Not.Contain("CarePlan"));
            Assert.That(creates, Has.Count.EqualTo(11));
        }
    }

    private async Task AssertRefused(string type, string body, int status, string number, string expression)
    {
        var issue = (await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Post, type, body), status))["issue"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(issue["details"]!["coding"]![0]!["code"]!.GetValue<string>(), Is.EqualTo(number));
            Assert.That(issue["expression"]![0]!.GetValue<string>(), Is.EqualTo(expression));
        }
    }

    private static string Note() => $$"""
        { "resourceType": "DocumentReference", "status": "current", "docStatus": "final", "identifier": [{ "system": "urn:n", "value": "1" }],
          "type": { "coding": [{ "system": "http://loinc.org", "code": "11506-3" }] }, "subject": { "reference": "Patient/rosa-m" }, "author": [{ "reference": "Practitioner/chw-1" }],
          "content": [{ "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes("Home visit."))}}" } }, { "attachment": { "contentType": "text/html", "data": "eA==" } }],
          "context": { "encounter": [{ "reference": "Encounter/rosa-m-home-1" }] } }
        """;

    private static string Weight(string code, string encounter) => $$"""
        { "resourceType": "Observation", "status": "final", "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs" }] }],
          "code": { "coding": [{ "system": "http://loinc.org", "code": "{{code}}" }] }, "subject": { "reference": "Patient/rosa-m" }, "encounter": { "reference": "Encounter/{{encounter}}" },
          "effectiveDateTime": "2026-11-03T14:30:00-05:00", "valueQuantity": { "value": 57.9, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg" } }
        """;

    private static string Problem(string verification) => $$"""
        { "resourceType": "Condition", "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
          "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "{{verification}}" }] },
          "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "733423003", "display": "Food insecurity" }] }, "subject": { "reference": "Patient/rosa-m" } }
        """;
}
