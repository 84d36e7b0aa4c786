using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

/// <summary>A strict sandbox with its own patients, and the bodies that tests send to it.</summary>
internal static class StrictSandbox
{
    public static Task<RunningSandbox> StartAsync(Func<ChwFhir.Sandbox.SandboxOptions, ChwFhir.Sandbox.SandboxOptions>? with = null) =>
        RunningSandbox.StartAsync(options => with?.Invoke(Usual(options)) ?? Usual(options));

    /// <summary>The number, expression and severity of the only issue of a refusal.</summary>
    public static async Task AssertRefusedAsync(HttpResponseMessage response, int status, string number, string? expression = null)
    {
        var outcome = await RunningSandbox.JsonOf(response, status);
        var issue = outcome["issue"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json+fhir"));
            Assert.That(outcome["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
            Assert.That(issue["severity"]!.GetValue<string>(), Is.EqualTo("fatal"));
            Assert.That(issue["details"]!["coding"]![0]!["system"]!.GetValue<string>(), Is.EqualTo("urn:oid:1.2.840.114350.1.13.0.1.7.2.657369"));
            Assert.That(issue["details"]!["coding"]![0]!["code"]!.GetValue<string>(), Is.EqualTo(number));
            Assert.That(issue["expression"]?[0]!.GetValue<string>(), Is.EqualTo(expression));
            Assert.That(issue["location"]?[0]!.GetValue<string>(), Is.EqualTo(expression is null ? null : $"/f:{expression}"));
        }
    }

    /// <summary>The numbers of the warnings that a searchset carries in its entry of the mode <c>outcome</c>.</summary>
    public static string[] Remarks(JsonNode bundle) =>
    [
        .. bundle["entry"]?.AsArray().Where(entry => entry!["search"]!["mode"]!.GetValue<string>() == "outcome")
            .SelectMany(entry => entry!["resource"]!["issue"]!.AsArray()).Select(issue => issue!["details"]!["coding"]![0]!["code"]!.GetValue<string>()) ?? []
    ];

    public static string[] Matches(JsonNode bundle) =>
    [
        .. bundle["entry"]?.AsArray().Where(entry => entry!["search"]!["mode"]!.GetValue<string>() == "match").Select(entry => entry!["resource"]!["id"]!.GetValue<string>()) ?? []
    ];

    public static string? Next(JsonNode bundle) =>
        bundle["link"]!.AsArray().SingleOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]!.GetValue<string>();

    public static JsonNode Note(string text = "Home visit.", string patient = "rosa-m", string encounter = "rosa-m-home-1") => JsonNode.Parse($$"""
        { "resourceType": "DocumentReference", "status": "current", "docStatus": "final", "identifier": [{ "system": "urn:n", "value": "1" }],
          "type": { "coding": [{ "system": "http://loinc.org", "code": "11506-3" }] }, "subject": { "reference": "Patient/{{patient}}" }, "author": [{ "reference": "Practitioner/chw-1" }],
          "description": "ours", "date": "2020-01-01T00:00:00Z",
          "content": [{ "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}" } }, { "attachment": { "contentType": "text/html", "data": "eA==" } }],
          "context": { "encounter": [{ "reference": "Encounter/{{encounter}}" }] } }
        """)!;

    public static JsonNode Weight(string code = "29463-7", string encounter = "rosa-m-programme") => JsonNode.Parse($$"""
        { "resourceType": "Observation", "status": "final", "identifier": [{ "system": "urn:n", "value": "1" }],
          "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs" }] }],
          "code": { "coding": [{ "system": "http://loinc.org", "code": "{{code}}" }] }, "subject": { "reference": "Patient/rosa-m" }, "encounter": { "reference": "Encounter/{{encounter}}" },
          "effectiveDateTime": "2026-11-03T14:30:00-05:00", "valueQuantity": { "value": 57.9, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg" } }
        """)!;

    public static JsonNode Problem(string verification = "provisional") => JsonNode.Parse($$"""
        { "resourceType": "Condition", "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
          "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "{{verification}}" }] },
          "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "733423003", "display": "Food insecurity" }] }, "subject": { "reference": "Patient/rosa-m" } }
        """)!;

    private static ChwFhir.Sandbox.SandboxOptions Usual(ChwFhir.Sandbox.SandboxOptions options) => options with { Seed = true, Capabilities = "epic" };
}
