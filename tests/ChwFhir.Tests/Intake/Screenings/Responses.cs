using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using ChwFhir.Tests.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Screenings;

/// <summary>QuestionnaireResponses of the samples, and small ones for one circumstance.</summary>
internal static class Responses
{
    internal static IEnumerable<string> Names => Directory.EnumerateFiles(Repository.Path("samples", "questionnaire-responses"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    internal static byte[] Sample(string name) => File.ReadAllBytes(Repository.Path("samples", "questionnaire-responses", $"{name}.json"));

    /// <summary>A response with these items and other members.</summary>
    internal static byte[] With(string items, string members = "{}")
    {
        var response = JsonNode.Parse("""{ "resourceType": "QuestionnaireResponse", "status": "completed", "subject": { "reference": "Patient/p1" }, "authored": "2026-11-03T14:05:00-05:00", "author": { "reference": "Practitioner/chw-1" } }""")!.AsObject();
        response["item"] = JsonNode.Parse(items);
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            response.Remove(name);
            if (value is not null)
                response[name] = value.DeepClone();
        }

        return Encoding.UTF8.GetBytes(response.ToJsonString());
    }

    internal static string Item(string linkId, params string[] answers) =>
        $$"""{ "linkId": "{{linkId}}", "answer": [ {{string.Join(", ", answers)}} ] }""";

    internal static string Code(string code) => $$"""{ "valueCoding": { "system": "http://loinc.org", "code": "{{code}}" } }""";

    internal static ScreeningReading Read(byte[] body, string contentType = "application/fhir+json", string? patient = null) =>
        QuestionnaireResponseReader.Read(new SummaryCall(body, contentType, patient), new IntakeOptions());

    internal static ScreeningReading.Read Taken(byte[] body, string contentType = "application/fhir+json")
    {
        var reading = Read(body, contentType);
        Assert.That(reading, Is.InstanceOf<ScreeningReading.Read>(), (reading as ScreeningReading.Invalid)?.Faults is { } faults ? string.Join("; ", faults) : reading.ToString());

        return (ScreeningReading.Read)reading;
    }

    internal static IEnumerable<(string Pointer, string Code)> Faults(byte[] body) => ((ScreeningReading.Invalid)Read(body)).Faults.Select(fault => (fault.Pointer, fault.Code));

    internal static MappedNote Map(ScreeningReading.Read read, ResolvedNote? chart = null) =>
        ScreeningMapper.Map(read.Screening, read.ContentHash, chart ?? Notes.TheChart, new MappingOptions(), withEncounter: false).Kept();
}
