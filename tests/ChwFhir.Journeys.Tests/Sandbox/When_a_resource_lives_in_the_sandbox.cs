using System.Net;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_a_resource_lives_in_the_sandbox
{
    private const string ThePatient = """{ "resourceType": "Patient", "identifier": [{ "system": "urn:mrn", "value": "1" }], "name": [{ "family": "Adeyemi", "given": ["Tola"] }], "gender": "female" }""";

    [Test]
    public async Task A_create_answers_201_with_location_version_and_time()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var response = await sandbox.SendAsync(HttpMethod.Post, "Patient", ThePatient);
        var id = (await RunningSandbox.JsonOf(response, 201))["id"]!.GetValue<string>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"{sandbox.BaseUrl}/Patient/{id}/_history/1"));
            Assert.That(response.Headers.ETag?.ToString(), Is.EqualTo("W/\"1\""));
            Assert.That(response.Content.Headers.LastModified, Is.Not.Null);
            Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/fhir+json"));
        }
    }

    [TestCase("return=minimal", "")]
    [TestCase("return=representation", "Patient")]
    [TestCase("return=OperationOutcome", "OperationOutcome")]
    public async Task The_caller_says_what_a_create_returns(string prefer, string type)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var response = await sandbox.SendAsync(HttpMethod.Post, "Patient", ThePatient, ("Prefer", prefer));
        var body = await response.Content.ReadAsStringAsync();

        Assert.That(type.Length == 0 ? body : System.Text.Json.Nodes.JsonNode.Parse(body)!["resourceType"]!.GetValue<string>(), Is.EqualTo(type));
    }

    [Test]
    public async Task An_update_with_the_present_version_makes_the_next_and_keeps_the_first()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", ThePatient);
        var path = $"Patient/{patient["id"]}";
        patient["gender"] = "other";

        var response = await sandbox.SendAsync(HttpMethod.Put, path, patient.ToJsonString(), ("If-Match", "W/\"1\""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.ETag?.ToString(), Is.EqualTo("W/\"2\""));
            Assert.That((await sandbox.GetAsync(path))["gender"]!.GetValue<string>(), Is.EqualTo("other"));
            Assert.That((await sandbox.GetAsync(path + "/_history/1"))["gender"]!.GetValue<string>(), Is.EqualTo("female"));
            Assert.That((await sandbox.GetAsync(path + "/_history"))["total"]!.GetValue<int>(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_update_of_an_older_version_is_refused_and_changes_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", ThePatient);
        var path = $"Patient/{patient["id"]}";
        await sandbox.SendAsync(HttpMethod.Put, path, patient.ToJsonString());
        patient["gender"] = "other";

        var response = await sandbox.SendAsync(HttpMethod.Put, path, patient.ToJsonString(), ("If-Match", "W/\"1\""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((await sandbox.GetAsync(path))["gender"]!.GetValue<string>(), Is.EqualTo("female"));
        }
    }

    [Test]
    public async Task What_is_deleted_is_gone_and_can_come_back()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", ThePatient);
        var path = $"Patient/{patient["id"]}";

        var deleted = await sandbox.SendAsync(HttpMethod.Delete, path);
        var read = await sandbox.Http.GetAsync(path);
        var found = await sandbox.GetAsync("Patient?identifier=urn:mrn|1");
        var again = await sandbox.SendAsync(HttpMethod.Put, path, patient.ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(found["total"]!.GetValue<int>(), Is.Zero);
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(again.Headers.ETag?.ToString(), Is.EqualTo("W/\"3\""));
        }
    }

    [Test]
    public async Task What_is_referred_to_cannot_be_deleted()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", ThePatient);
        await sandbox.CreateAsync("Basic", $$"""{ "resourceType": "Basic", "code": { "text": "x" }, "subject": { "reference": "Patient/{{patient["id"]}}" } }""");

        var deleted = await sandbox.SendAsync(HttpMethod.Delete, $"Patient/{patient["id"]}");

        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Numbers_keep_their_digits()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var created = await sandbox.CreateAsync("Observation", """{ "resourceType": "Observation", "status": "final", "code": { "text": "x" }, "valueQuantity": { "value": 81.20 } }""");
        var text = await sandbox.Http.GetStringAsync($"Observation/{created["id"]}");

        Assert.That(text, Does.Contain("81.20"));
    }

    [Test]
    public async Task Everything_survives_a_restart()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var patient = await sandbox.CreateAsync("Patient", ThePatient);

        await sandbox.RestartAsync();

        Assert.That(await sandbox.IdsAsync("Patient?identifier=urn:mrn|1"), Is.EqualTo(new[] { patient["id"]!.GetValue<string>() }));
    }
}
