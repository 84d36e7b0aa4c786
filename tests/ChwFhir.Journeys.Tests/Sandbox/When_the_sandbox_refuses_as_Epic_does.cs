using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_the_sandbox_refuses_as_Epic_does
{
    private RunningSandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => sandbox = await StrictSandbox.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [TestCase("POST", "Encounter", 405)]
    [TestCase("POST", "MedicationRequest", 405)]
    [TestCase("POST", "CarePlan", 403)]
    [TestCase("POST", "CareTeam", 403)]
    [TestCase("POST", "Goal", 403)]
    [TestCase("POST", "RelatedPerson", 403)]
    [TestCase("POST", "Consent", 403)]
    [TestCase("PATCH", "Task/1", 405)]
    [TestCase("PATCH", "DocumentReference/1", 405)]
    [TestCase("DELETE", "DocumentReference/1", 405)]
    [TestCase("PUT", "CarePlan/1", 405)]
    [TestCase("PUT", "Condition?identifier=a", 405)]
    public async Task What_nobody_can_do_is_refused_with_an_empty_body(string method, string path, int status)
    {
        var response = await SendAsync(method, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(response.Headers.WwwAuthenticate, Is.Empty);
        }
    }

    [TestCase("POST", "Communication")]
    [TestCase("POST", "ServiceRequest")]
    [TestCase("POST", "Procedure")]
    [TestCase("POST", "Patient")]
    [TestCase("PUT", "Task/1")]
    [TestCase("PUT", "DocumentReference/1")]
    [TestCase("GET", "NutritionOrder?patient=rosa-m")]
    [TestCase("GET", "FamilyMemberHistory?patient=rosa-m")]
    public async Task What_other_clients_can_do_is_refused_with_an_empty_body_and_a_challenge(string method, string path)
    {
        var response = await SendAsync(method, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(403));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.Contain("insufficient_scope"));
        }
    }

    [TestCase("POST", "")]
    [TestCase("POST", "Provenance")]
    [TestCase("POST", "AuditEvent")]
    [TestCase("GET", "Provenance?target=Patient/rosa-m")]
    [TestCase("GET", "Person?name=x")]
    [TestCase("GET", "Schedule?actor=Practitioner/chw-1")]
    [TestCase("GET", "Patient/rosa-m/_history")]
    [TestCase("GET", "Patient/rosa-m/_history/1")]
    [TestCase("GET", "Patient/_history")]
    [TestCase("POST", "Patient/$match")]
    public async Task What_is_not_there_is_a_page_of_the_web_server(string method, string path)
    {
        var response = await SendAsync(method, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(404));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("<!DOCTYPE html"));
        }
    }

    [Test]
    public async Task The_statement_claims_more_than_is_taken()
    {
        var statement = await sandbox.GetAsync("metadata");
        var resources = statement["rest"]![0]!["resource"]!.AsArray();

        string[] Of(string interaction) => [.. resources.Where(resource => resource!["interaction"]!.AsArray().Any(one => one!["code"]!.GetValue<string>() == interaction)).Select(resource => resource!["type"]!.GetValue<string>())];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of("create"), Is.EqualTo(["AllergyIntolerance", "BodyStructure", "Communication", "ConceptMap", "Condition", "DocumentReference", "Observation", "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest"]));
            Assert.That(Of("update"), Is.EqualTo(["BodyStructure", "DiagnosticReport", "DocumentReference", "Observation", "Procedure", "ServiceRequest", "Task"]));
            Assert.That(Of("delete").Concat(Of("patch")).Concat(Of("vread")).Concat(Of("history-instance")), Is.Empty);
            Assert.That(Of("search-type"), Does.Contain("Encounter").And.Not.Contain("Provenance").And.Not.Contain("ValueSet"));
            Assert.That(statement["rest"]![0]!["interaction"], Is.Null, "no transaction, no batch");
            Assert.That(resources.Select(resource => resource!["conditionalCreate"]!.GetValue<bool>()), Has.All.False);
        }
    }

    [Test]
    public async Task A_resource_shows_nothing_of_its_version()
    {
        var patient = await sandbox.Http.GetAsync("Patient/rosa-m");
        var practitioner = await sandbox.Http.GetAsync("Practitioner/chw-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(patient.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json+fhir; charset=utf-8"));
            Assert.That((await RunningSandbox.JsonOf(patient, 200))["meta"], Is.Null);
            Assert.That(patient.Headers.ETag, Is.Null);
            Assert.That(patient.Headers.NonValidated["E-Tag"].ToString(), Does.Match(@"^\d+$"));
            Assert.That(patient.Content.Headers.LastModified, Is.Null);
            Assert.That(practitioner.Headers.Contains("E-Tag"), Is.False, "only a patient's has it");
        }
    }

    [Test]
    public async Task An_id_that_is_not_there_has_its_number() => await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync("Encounter/none"), 404, "4102");

    [Test]
    public async Task A_token_that_has_expired_is_refused_with_an_empty_body()
    {
        var good = true;
        await using var guarded = await StrictSandbox.StartAsync(options => options with { Tokens = "required", TokenIsGood = (token, _) => ValueTask.FromResult(good && token == "t1") });

        var before = await guarded.SendAsync(HttpMethod.Get, "Patient/rosa-m", null, ("Authorization", "Bearer t1"));
        good = false;
        var after = await guarded.SendAsync(HttpMethod.Get, "Patient/rosa-m", null, ("Authorization", "Bearer t1"));
        var without = await guarded.SendAsync(HttpMethod.Get, "Patient/rosa-m");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)before.StatusCode, Is.EqualTo(200));
            Assert.That((int)after.StatusCode, Is.EqualTo(401));
            Assert.That(after.Headers.WwwAuthenticate.ToString(), Does.Contain("invalid_token"));
            Assert.That(await after.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That((int)without.StatusCode, Is.EqualTo(401));
        }
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        sandbox.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" or "PATCH" ? """{ "resourceType": "Bundle", "type": "transaction" }""" : null);
}
