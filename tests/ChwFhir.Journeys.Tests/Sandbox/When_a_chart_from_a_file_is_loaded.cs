using ChwFhir.Sandbox;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_a_chart_from_a_file_is_loaded
{
    private const string TheChart = """
        { "resourceType": "Bundle", "type": "transaction", "entry": [
          { "fullUrl": "urn:uuid:11111111-0000-4000-8000-000000000001", "resource": { "resourceType": "Patient", "id": "11111111-0000-4000-8000-000000000001", "name": [{ "family": "Okello" }] }, "request": { "method": "POST", "url": "Patient" } },
          { "fullUrl": "urn:uuid:11111111-0000-4000-8000-000000000002", "resource": { "resourceType": "Encounter", "status": "finished", "class": { "code": "AMB" },
            "subject": { "reference": "urn:uuid:11111111-0000-4000-8000-000000000001" },
            "participant": [{ "individual": { "reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|999", "display": "Dr. Elsewhere" } }] }, "request": { "method": "POST", "url": "Encounter" } } ] }
        """;

    [Test]
    public async Task What_points_outside_the_file_becomes_a_logical_reference()
    {
        using var file = new SomeFile(TheChart);
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Load = file.Path });

        var encounter = (await sandbox.GetAsync("Encounter?patient=11111111-0000-4000-8000-000000000001"))["entry"]![0]!["resource"]!;

        Assert.That(encounter["participant"]![0]!["individual"]!.ToJsonString(), Is.EqualTo("""{"display":"Dr. Elsewhere","type":"Practitioner","identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"999"}}"""));
    }

    [Test]
    public async Task The_next_start_leaves_alone_what_was_changed_or_deleted_since()
    {
        using var file = new SomeFile(TheChart);
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Load = file.Path });
        const string Patient = "Patient/11111111-0000-4000-8000-000000000001";
        const string Encounter = "Encounter/11111111-0000-4000-8000-000000000002";
        await sandbox.SendAsync(HttpMethod.Put, Patient, """{ "resourceType": "Patient", "id": "11111111-0000-4000-8000-000000000001", "gender": "female" }""");
        await sandbox.SendAsync(HttpMethod.Delete, Encounter);

        await sandbox.RestartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await sandbox.GetAsync(Patient))["gender"]?.GetValue<string>(), Is.EqualTo("female"));
            Assert.That((int)(await sandbox.Http.GetAsync(Encounter)).StatusCode, Is.EqualTo(410));
        }
    }

    [TestCase("{", "Ehr__Sandbox__Load")]
    [TestCase("""{ "resourceType": "Patient" }""", "Ehr__Sandbox__Load")]
    public void A_file_that_is_no_chart_stops_the_start(string text, string named)
    {
        using var file = new SomeFile(text);

        Assert.That(() => RunningSandbox.StartAsync(options => options with { Load = file.Path }), Throws.TypeOf<SandboxStartException>().With.Message.Contains(named));
    }

    [TestCase("Alesha810_Marks830")]
    [TestCase("Andy_Schaden")]
    [TestCase("Luis_Miguel_Delarosa")]
    [TestCase("Micah_Schinner")]
    [TestCase("Zula_Beer")]
    public async Task A_Synthea_chart_is_there_as_it_was(string name)
    {
        var file = Needs.TestData("fhir-charts", "synthea", name + ".json");
        var expected = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!["entry"]!.AsArray().Select(entry => entry!["resource"]!).ToList();
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Load = file });

        using (Assert.EnterMultipleScope())
            foreach (var type in expected.GroupBy(resource => resource["resourceType"]!.GetValue<string>()))
                Assert.That((await sandbox.GetAsync($"{type.Key}?_summary=count"))["total"]!.GetValue<int>(), Is.EqualTo(type.Count()), type.Key);
        var patient = expected.Single(resource => resource["resourceType"]!.GetValue<string>() == "Patient")["id"]!.GetValue<string>();
        Assert.That((await sandbox.GetAsync($"Encounter?patient={patient}&_summary=count"))["total"]!.GetValue<int>(), Is.EqualTo(expected.Count(resource => resource["resourceType"]!.GetValue<string>() == "Encounter")));
    }

    private sealed class SomeFile : IDisposable
    {
        public SomeFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
