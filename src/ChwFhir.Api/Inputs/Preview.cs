using ChwFhir.Intake;

namespace ChwFhir.Api.Inputs;

/// <summary>What a note would become.</summary>
/// <param name="Bundle">The FHIR R4 transaction Bundle, as it would be if the EHR took everything.</param>
/// <param name="Document">The text of the note as a clinician would read it.</param>
/// <param name="Plan">What would be done with each resource on this EHR.</param>
/// <param name="ReadableBy">Who can read the document once it is in the chart.</param>
/// <param name="HeldBack">How many parts are in none of these: kept out of the chart until a clinician or social worker releases them.</param>
internal sealed record Preview(
    RawJson Bundle, string Document, IReadOnlyList<NoteIssue> Issues, IReadOnlyList<NoteSuggestion> Suggestions, IReadOnlyList<PlanLine> Plan, string ReadableBy, int HeldBack)
{
    /// <summary>Clinical notes are released to the portal at once, to proxies as well.</summary>
    public const string Portal = "The patient, and anyone with portal access (proxies too), as soon as it is filed.";
}
