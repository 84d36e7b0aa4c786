using System.Text.Json;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Summaries;

/// <summary>Reads the after-visit summary as JSON, strictly: it is taken whole or every fault of it is named.</summary>
public static class JsonSummaryReader
{
    public static SummaryReading Read(SummaryCall call, IntakeOptions options) => Read(call, options, patientNeeded: true);

    /// <param name="patientNeeded">Nothing around it says whose it is.</param>
    internal static SummaryReading Read(SummaryCall call, IntakeOptions options, bool patientNeeded)
    {
        using var json = StrictJson.Parse(call.Body, out var fault);
        if (json is null)
            return new SummaryReading.Unreadable(fault!);

        if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("resourceType", out _))
            return new SummaryReading.Invalid([new NoteFault("/resourceType", "other-form", "This looks like FHIR: send it as application/fhir+json.")]);

        List<NoteFault> faults = [];
        var headers = SummaryHeaders.Read(call, faults);
        var trail = new Trail();
        var said = SummaryParts.Shape.Read(json.RootElement, trail);
        if (said is not null && !trail.IsFull)
            SummaryRules.Check(said, headers, json.RootElement, options, trail, patientNeeded);
        if (said is null || trail.Faults.Count + faults.Count > 0)
            return new SummaryReading.Invalid([.. faults, .. trail.Faults]);

        var hash = CanonicalJson.HashOf(json.RootElement);
        return new SummaryReading.Read(Summary(said, headers, call, hash), trail.Issues, hash);
    }

    private static AfterVisitSummary Summary(SummaryJson said, SummaryHeaders headers, SummaryCall call, string hash) => new()
    {
        SchemaVersion = said.SchemaVersion,
        Id = said.Id ?? headers.IdOr(null, hash),
        Patient = said.Patient ?? headers.Patient,
        Authors = said.Author is { } author
            ? [new DocumentAuthor { Reference = author.Reference, Identifiers = author.Identifier is { } number ? [number] : [], Name = author.Name, Phone = author.Phone }]
            : [],
        Document = new SummaryDocument { Title = said.Title, Language = said.Language, Created = said.Authored, ContentType = "application/json", Original = call.Body },
        Encounter = headers.Encounter is { } encounter ? (said.Encounter ?? new SummaryEncounter()) with { Reference = encounter } : said.Encounter,
        Diagnoses = said.Diagnoses,
        Medications = said.Medications,
        Instructions = said.Instructions,
        WarningSigns = said.WarningSigns,
        FollowUps = said.FollowUps,
        PendingTests = said.PendingTests,
        Goals = said.Goals,
        // Its other words stand in its parts.
        Sections = said.Narrative is { } narrative ? [new SummarySection(null, null, narrative)] : [],
    };
}
