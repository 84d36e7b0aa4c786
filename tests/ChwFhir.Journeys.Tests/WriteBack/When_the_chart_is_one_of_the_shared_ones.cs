using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>Charts and narratives of others' making: Synthea patients in both servers, notes with real texts.</summary>
internal sealed class When_the_chart_is_one_of_the_shared_ones
{
    private static readonly string[] Charts = ["Roselia779_Lind531.json", "Alesha810_Marks830.json", "Darin_Skiles.json", "Zula_Beer.json"];

    [Test, CancelAfter(300_000)]
    public async Task Notes_are_written_for_Synthea_patients_in_the_foreign_server(CancellationToken cancellationToken)
    {
        var charts = Charts.Select(chart => Needs.TestData("fhir-charts", "synthea", chart)).ToList();
        var narratives = Narratives();
        await using var ehr = await ForeignFhirServer.StartAsync();
        await ehr.PutAsync("""{"resourceType":"Practitioner","id":"chw-1","identifier":[{"system":"urn:test:staff","value":"1"}],"name":[{"family":"Whitfield","given":["Dolores"]}]}""");
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        List<(string Name, string Json)> written = [];
        var visit = 0;

        foreach (var chart in charts)
        {
            var patient = await ForeignChart.LoadAsync(ehr, await File.ReadAllTextAsync(chart, cancellationToken));
            var mine = narratives.Where((_, index) => index % charts.Count == charts.IndexOf(chart)).ToList();
            foreach (var narrative in mine)
            {
                var note = SomeNotes.Of(patient, ++visit);
                note["narrative"] = narrative;
                var status = await service.WriteAsync(note.ToJsonString(), cancellationToken);
                Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            }
            var ours = await ForeignChart.WrittenByUsAsync(ehr, patient);
            Assert.That(ours.Count(resource => (string?)resource["resourceType"] == "DocumentReference"), Is.EqualTo(mine.Count));
            Assert.That(ours.Count(resource => (string?)resource["resourceType"] == "CarePlan"), Is.EqualTo(1));
            written.AddRange(ours.Select(resource => ($"{resource["resourceType"]}-{resource["id"]}", resource.ToJsonString())));
        }

        Assert.That(await ForeignValidator.ErrorsAsync(written), Is.Empty);
    }

    [Test, CancelAfter(300_000)]
    public async Task Notes_are_written_for_a_Synthea_patient_in_the_sandbox(CancellationToken cancellationToken)
    {
        foreach (var name in Charts.Take(3))
        {
            var chart = Needs.TestData("fhir-charts", "synthea", name);
            var family = (string)JsonNode.Parse(await File.ReadAllTextAsync(chart, cancellationToken))!["entry"]![0]!["resource"]!["name"]![0]!["family"]!;
            using var folder = new TempFolder();
            await using var service = new ServiceProcess(folder.Path, null, ("Ehr__Sandbox__Load", chart));
            await service.StartAsync();
            using var sandbox = new HttpClient { BaseAddress = new Uri(service.SandboxBase.AbsoluteUri + "/") };
            var patients = JsonNode.Parse(await sandbox.GetStringAsync($"Patient?family={Uri.EscapeDataString(family)}", cancellationToken))!["entry"]!.AsArray();
            var patient = $"Patient/{patients.Single()!["resource"]!["id"]}";

            var status = await service.WriteAsync(SomeNotes.Of(patient, 1).ToJsonString(), cancellationToken);

            Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
            var plans = JsonNode.Parse(await sandbox.GetStringAsync($"CarePlan?patient={patient}&identifier=urn:chwfhir:note|", cancellationToken))!["entry"]!.AsArray();
            Assert.That(plans, Has.Count.EqualTo(1));
        }
    }

    /// <summary>Every free text of the shared notes, as somebody might paste it into a narrative.</summary>
    private static IReadOnlyList<string> Narratives() =>
        [.. Directory.EnumerateFiles(Needs.TestData("notes"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
