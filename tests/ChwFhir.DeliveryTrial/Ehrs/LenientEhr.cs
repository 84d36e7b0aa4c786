using System.Text.Json.Nodes;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.Testing;

namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>The foreign FHIR server: takes everything, transactions and conditional creates included, and keeps our identifiers.</summary>
internal sealed class LenientEhr(ForeignFhirServer server) : ITrialEhr
{
    private const string System = "urn:chwfhir:note";

    private static readonly string[] Types =
    [
        "Encounter", "DocumentReference", "CarePlan", "Goal", "Condition", "Observation", "QuestionnaireResponse", "Communication", "Task", "ServiceRequest", "RelatedPerson", "Provenance",
    ];

    private readonly FhirReader reader = new(server.BaseUrl);

    public string Name => "lenient";

    public bool IsLenient => true;

    public Uri Base => server.BaseUrl;

    public static async Task<LenientEhr> StartAsync(IEnumerable<string> patients, CancellationToken cancellationToken)
    {
        var ehr = new LenientEhr(await ForeignFhirServer.StartAsync(("STRICT_REFS", "1")));
        await ehr.reader.PutAsync(Town.Worker(), cancellationToken);
        foreach (var patient in patients)
            await ehr.reader.PutAsync(Town.Patient(patient), cancellationToken);
        return ehr;
    }

    public string? EncounterOf(string patient, int visit) => null;

    public IEnumerable<string> Expected(TrialNote note) =>
    [
        $"{note.PatientId}/visit/v-{note.Visit}/encounter",
        .. note.Parts.Select(part => $"{note.Id}/{part}"),
        .. note.Lasting.Select(key => $"{note.PatientId}/{NoteMaker.Programme}/{key}"),
        StepKey(note.Patient, NoteMaker.StepOf(note.Visit)),
    ];

    public async Task<IReadOnlyList<Filed>> ReadAsync(IReadOnlyList<string> patients, CancellationToken cancellationToken)
    {
        List<Filed> filed = [];
        foreach (var type in Types)
            foreach (var resource in await reader.SearchAsync($"{type}?_count=1000", cancellationToken))
            {
                filed.Add(new Filed(KeyOf(resource), $"{type}/{resource["id"]}"));
                if (type == "CarePlan")
                    filed.AddRange(Steps(resource));
            }
        return filed;
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await server.DisposeAsync();
    }

    private static string? KeyOf(JsonObject resource)
    {
        var identifiers = resource["identifier"] switch { JsonArray list => list.ToList(), JsonObject one => [one], _ => [] };
        var own = identifiers.FirstOrDefault(each => (string?)each!["system"] == System)?["value"];
        return (string?)(own ?? (resource["meta"]?["tag"] as JsonArray)?.FirstOrDefault(tag => (string?)tag!["system"] == System)?["code"]);
    }

    // What each visit adds to the one plan is a part of its note: a plan that forgot it has lost something.
    private static IEnumerable<Filed> Steps(JsonObject plan)
    {
        var place = $"CarePlan/{plan["id"]}";
        return (plan["activity"] as JsonArray ?? []).Select(activity => (string?)activity!["detail"]?["description"])
            .Where(step => step?.StartsWith("Step of visit", StringComparison.Ordinal) is true)
            .Select(step => new Filed(StepKey((string)plan["subject"]!["reference"]!, step!), place));
    }

    private static string StepKey(string patient, string step) => $"{patient}: {step}";
}
