using System.Text.Json.Nodes;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>Puts charts into the foreign server, and finds what the service wrote there.</summary>
internal static class ForeignChart
{
    /// <summary>The types that the service writes, each with a search for all of a patient's.</summary>
    private static readonly (string Type, string Patient)[] Written =
    [
        ("Encounter", "subject"), ("DocumentReference", "subject"), ("CarePlan", "subject"), ("Goal", "subject"), ("Condition", "subject"), ("Observation", "subject"),
        ("QuestionnaireResponse", "subject"), ("Communication", "subject"), ("Task", "subject"), ("ServiceRequest", "subject"), ("RelatedPerson", "patient"), ("Provenance", "patient"),
    ];

    /// <summary>The people of the embedded sandbox, with their ids.</summary>
    public static async Task LoadSandboxPeopleAsync(ForeignFhirServer ehr)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "ChwFhir.Sandbox", "Patients"), "*.json").Order(StringComparer.Ordinal))
        {
            var entries = JsonNode.Parse(await File.ReadAllTextAsync(file))!["entry"]!.AsArray();
            foreach (var entry in entries)
                await ehr.PutAsync(entry!["resource"]!.ToJsonString());
        }
    }

    /// <summary>Loads a transaction Bundle; the reference of the patient that the server made of it.</summary>
    public static async Task<string> LoadAsync(ForeignFhirServer ehr, string bundle)
    {
        var response = await ehr.TransactAsync(bundle);
        var location = response["entry"]!.AsArray().Select(entry => (string?)entry!["response"]!["location"]).First(place => place?.StartsWith("Patient/", StringComparison.Ordinal) is true)!;
        return string.Join('/', location.Split('/')[..2]);
    }

    /// <summary>Everything of this patient that carries an identifier (for Provenance a tag) of the service.</summary>
    public static async Task<IReadOnlyList<JsonObject>> WrittenByUsAsync(ForeignFhirServer ehr, string patient)
    {
        List<JsonObject> ours = [];
        foreach (var (type, parameter) in Written)
            ours.AddRange((await ehr.SearchAsync($"{type}?{parameter}={patient}&_count=500")).Where(IsOurs));
        return ours;
    }

    private static bool IsOurs(JsonObject resource)
    {
        var identifiers = resource["identifier"] switch { JsonArray list => [.. list], JsonObject one => new JsonNode?[] { one }, _ => [] };
        return identifiers.Concat(resource["meta"]?["tag"]?.AsArray() ?? []).Any(each => (string?)each!["system"] == "urn:chwfhir:note");
    }
}
