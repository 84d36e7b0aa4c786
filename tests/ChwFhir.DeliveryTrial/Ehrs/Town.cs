using System.Text.Json.Nodes;
using ChwFhir.DeliveryTrial.Notes;

namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>The people of the trial, as resources.</summary>
internal static class Town
{
    public static JsonObject Worker() => Parse("""{"resourceType":"Practitioner","id":"chw-1","identifier":[{"system":"urn:test:staff","value":"1"}],"name":[{"family":"Whitfield","given":["Dolores"]}]}""");

    public static JsonObject Patient(string patient)
    {
        var id = patient["Patient/".Length..];
        return Parse($$"""{"resourceType":"Patient","id":"{{id}}","active":true,"identifier":[{"system":"urn:test:mrn","value":"{{id}}"}],"name":[{"family":"Tester","given":["Pat"]}],"gender":"unknown","birthDate":"1960-01-01"}""");
    }

    /// <summary>A home visit that the EHR knows of, and that is open.</summary>
    public static JsonObject Encounter(string patient, int visit)
    {
        var start = NoteMaker.StartOf(visit);
        return Parse($$"""
            {"resourceType":"Encounter","id":"{{EncounterId(patient, visit)}}","status":"in-progress","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HH"},
             "type":[{"text":"Home visit"}],"subject":{"reference":"{{patient}}"},"period":{"start":"{{NoteMaker.Text(start)}}","end":"{{NoteMaker.Text(start.AddHours(1))}}" } }
            """);
    }

    public static string EncounterId(string patient, int visit) => $"{patient["Patient/".Length..]}-visit-{visit}";

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
