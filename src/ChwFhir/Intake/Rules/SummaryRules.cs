using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Rules;

/// <summary>What no single member of a summary can say about itself.</summary>
internal static class SummaryRules
{
    private static readonly string[] Parts = ["narrative", "diagnoses", "medications", "instructions", "warningSigns", "followUps", "pendingTests", "goals"];

    public static void Check(SummaryJson summary, SummaryHeaders headers, JsonElement json, IntakeOptions options, Trail trail, bool patientNeeded = true)
    {
        RightPatient(summary, headers, json, options, trail, patientNeeded);
        if (summary.Id is { } id && headers.Id is { } other && id != other)
            trail.FaultAt("/id", "id-differs", $"is not the id that the header {SummaryHeaders.IdHeader} says");
        if (summary.Encounter?.Reference is { } encounter && headers.Encounter is { } said && !MayBeOne(encounter, said))
            trail.FaultAt("/encounter/reference", "encounter-differs", $"is not the encounter that the header {SummaryHeaders.EncounterHeader} says");
        if (summary.Encounter is { Start: { } start, End: { } end } && Before(end, start))
            trail.FaultAt("/encounter/end", "end-before-start", "is before the encounter's start");
        if (!Parts.Any(part => json.TryGetProperty(part, out var value) && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 0)))
            trail.FaultAt("", "required", $"needs something to be told: one of {string.Join(", ", Parts)}");
    }

    /// <summary>That something is told, in JSON Schema.</summary>
    public static JsonArray Schema() => new([.. Parts.Select(part => new JsonObject
    {
        ["properties"] = new JsonObject { [part] = new JsonObject { ["minItems"] = 1 } },
        ["required"] = new JsonArray(JsonValue.Create(part)),
    })]);

    private static void RightPatient(SummaryJson summary, SummaryHeaders headers, JsonElement json, IntakeOptions options, Trail trail, bool patientNeeded)
    {
        if (summary.Patient is not { } patient)
        {
            if (patientNeeded && headers.Patient is null && !json.TryGetProperty("patient", out _))
                trail.FaultAt("/patient", "required", $"is required, here or by the header {SummaryHeaders.PatientHeader}");
            return;
        }

        if (patient.Reference is { } reference && headers.Patient?.Reference is { } said && !MayBeOne(reference, said))
            trail.FaultAt("/patient/reference", "patient-mismatch", $"is not the patient that the header {SummaryHeaders.PatientHeader} says");
        else if (patient.Reference is null && headers.Patient is not null)
            trail.FaultAt("/patient/identifier", "patient-not-compared", $"cannot be compared with the header {SummaryHeaders.PatientHeader}: give the patient once, or twice by reference");
        if (options.RequirePatientCheck && patient.Check is null)
            trail.FaultAt("/patient/check", "required", "is required here: the patient's birthDate or familyName, to be compared with the chart");
    }

    private static bool MayBeOne(string one, string other) => FhirReference.TryParse(one, out var first) && FhirReference.TryParse(other, out var second) && first.MayBe(second);

    // Partial dates are compared as far as both go.
    private static bool Before(string date, string other)
    {
        if (date.Length > 10 && other.Length > 10 && CalendarText.TryTime(date, out var end) && CalendarText.TryTime(other, out var start))
            return end < start;
        var length = Math.Min(10, Math.Min(date.Length, other.Length));
        return string.CompareOrdinal(date, 0, other, 0, length) < 0;
    }
}
