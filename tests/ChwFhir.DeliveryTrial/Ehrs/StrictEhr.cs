using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.DeliveryTrial.Faults;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.DeliveryTrial.Service;
using ChwFhir.Testing;

namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>
/// The Epic-style sandbox as a process of its own: takes documents and vital signs only, on encounters of its own, keeps none of our identifiers,
/// looks at no condition, and shows a note as other texts than the one that was filed.
/// </summary>
internal sealed class StrictEhr(ApiProcess process, Uri fhirBase) : ITrialEhr
{
    private const string FhirPath = "/api/FHIR/R4";

    private readonly FhirReader reader = new(fhirBase);

    public string Name => "strict";

    public bool IsLenient => false;

    public Uri Base => fhirBase;

    public static async Task<StrictEhr> StartAsync(string folder, IReadOnlyList<string> patients, int visits, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var people = Path.Combine(folder, "people.json");
        await File.WriteAllTextAsync(people, People(patients, visits).ToJsonString(), cancellationToken);
        var port = Ports.Free();
        var process = new ApiProcess("strict sandbox", folder, port,
            [("Ehr__Sandbox__Url", $"http://127.0.0.1:{port}"), ("Ehr__Sandbox__Capabilities", "epic"), ("Ehr__Sandbox__Load", people)], ["sandbox"], $"{FhirPath}/metadata");
        await process.StartAsync(cancellationToken);
        return new StrictEhr(process, new Uri($"http://127.0.0.1:{port}{FhirPath}"));
    }

    public string? EncounterOf(string patient, int visit) => $"Encounter/{Town.EncounterId(patient, visit)}";

    public IEnumerable<string> Expected(TrialNote note)
    {
        yield return DocumentKey(note.Id);
        if (!note.Parts.Contains("vital/weight"))
            yield break;
        yield return WeightKey(note.Patient, NoteMaker.Weight(note.Visit));
        yield return $"{note.Patient}: blood pressure of {Town.EncounterId(note.Patient, note.Visit)}";
    }

    public async Task<IReadOnlyList<Filed>> ReadAsync(IReadOnlyList<string> patients, CancellationToken cancellationToken)
    {
        List<Filed> filed = [];
        foreach (var patient in patients)
        {
            foreach (var document in await reader.SearchAsync($"DocumentReference?patient={patient}&category=clinical-note&_count=100", cancellationToken))
                filed.Add(new Filed(await DocumentKeyAsync(document, cancellationToken), $"DocumentReference/{document["id"]}"));
            foreach (var reading in await reader.SearchAsync($"Observation?patient={patient}&category=vital-signs&_count=100", cancellationToken))
                filed.Add(new Filed(VitalKey(patient, reading), $"Observation/{reading["id"]}"));
        }
        return filed;
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await process.DisposeAsync();
    }

    // Each of its texts, inline or in a Binary; any that has the line counts, all have to agree.
    private async Task<string?> DocumentKeyAsync(JsonObject document, CancellationToken cancellationToken)
    {
        HashSet<string> notes = [];
        foreach (var content in document["content"]!.AsArray())
        {
            var attachment = content!["attachment"]!;
            var text = attachment["data"] is { } data ? DocumentReading.Text((string)data!) : await reader.TextAsync(BinaryOf((string)attachment["url"]!), cancellationToken);
            notes.UnionWith(DocumentReading.NotesIn(text));
        }
        return notes.Count == 1 ? DocumentKey(notes.First()) : null;
    }

    private static string BinaryOf(string url) => url[url.IndexOf("Binary/", StringComparison.Ordinal)..];

    private static string? VitalKey(string patient, JsonObject reading) => (string?)reading["code"]?["coding"]?[0]?["code"] switch
    {
        "29463-7" => WeightKey(patient, (decimal)reading["valueQuantity"]!["value"]!),
        "85354-9" => $"{patient}: blood pressure of {((string)reading["encounter"]!["reference"]!).Split('/')[^1]}",
        _ => null,
    };

    private static string DocumentKey(string noteId) => $"{noteId}/note";

    private static string WeightKey(string patient, decimal weight) => string.Create(CultureInfo.InvariantCulture, $"{patient}: weight {weight:0.0}");

    private static JsonObject People(IReadOnlyList<string> patients, int visits)
    {
        var entries = new JsonArray(new JsonObject { ["resource"] = Town.Worker() });
        foreach (var patient in patients)
        {
            entries.Add(new JsonObject { ["resource"] = Town.Patient(patient) });
            for (var visit = 1; visit <= visits; visit++)
                entries.Add(new JsonObject { ["resource"] = Town.Encounter(patient, visit) });
        }
        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = entries };
    }
}
