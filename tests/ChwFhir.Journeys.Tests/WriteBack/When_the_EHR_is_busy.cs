using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>429, 503 and slow answers say surely what was done, so no note steps aside and none may overtake another.</summary>
internal sealed class When_the_EHR_is_busy
{
    [Test, CancelAfter(240_000)]
    public async Task The_notes_of_a_patient_are_written_in_the_order_of_receipt(CancellationToken cancellationToken)
    {
        const int Visits = 10;
        await using var ehr = await ForeignFhirServer.StartAsync(("SEED", "11"), ("SLOW_MS", "100"));
        await ForeignChart.LoadSandboxPeopleAsync(ehr);
        await ehr.FaultsAsync("429:.1,503:.1,slow:.2");
        using var folder = new TempFolder();
        await using var service = new ServiceProcess(folder.Path, ehr.BaseUrl);
        await service.StartAsync();
        string[] people = ["Patient/rosa-m", "Patient/walter-b"];

        foreach (var visit in Enumerable.Range(1, Visits))
            foreach (var patient in people)
                Assert.That(await service.PostAsync(SomeNotes.Of(patient, visit).ToJsonString(), cancellationToken), Is.EqualTo(System.Net.HttpStatusCode.Accepted));
        while ((await service.ListAsync(cancellationToken)).Any(note => (string?)note["state"] is "queued" or "writing"))
            await Task.Delay(200, cancellationToken);
        await ehr.FaultsAsync("");

        Assert.That((await service.ListAsync(cancellationToken)).Select(note => (string?)note["state"]), Is.All.EqualTo("written"));
        foreach (var patient in people)
            Assert.That(await OrderInTheChartAsync(ehr, patient), Is.EqualTo(Enumerable.Range(1, Visits)), patient);
    }

    private static async Task<IEnumerable<int>> OrderInTheChartAsync(ForeignFhirServer ehr, string patient)
    {
        var ours = (await ehr.SearchAsync($"DocumentReference?subject={patient}&_count=200")).Where(document => document["identifier"] is JsonArray);
        return [.. ours.Select(document => (Number: NumberOf(document), At: DateTimeOffset.Parse((string)document["meta"]!["lastUpdated"]!, CultureInfo.InvariantCulture)))
            .Where(document => document.Number > 0).OrderBy(document => document.At).Select(document => document.Number)];
    }

    /// <summary>The visit's number out of the document's identifier, 0 for what is not of this test.</summary>
    private static int NumberOf(JsonObject document)
    {
        var value = (string?)document["identifier"]![0]!["value"] ?? "";
        return value.EndsWith("/note", StringComparison.Ordinal) && int.TryParse(value.Split('/')[0].Split('-')[^1], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
