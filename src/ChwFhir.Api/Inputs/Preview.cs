using ChwFhir.Intake;

namespace ChwFhir.Api.Inputs;

/// <summary>What a note would become.</summary>
/// <param name="Bundle">The FHIR R4 transaction Bundle, as it would be if the EHR took everything.</param>
/// <param name="Document">The text of the note as a clinician would read it.</param>
/// <param name="Plan">What would be done with each resource on this EHR.</param>
internal sealed record Preview(
    RawJson Bundle, string Document, IReadOnlyList<NoteIssue> Issues, IReadOnlyList<NoteSuggestion> Suggestions, IReadOnlyList<PlanLine> Plan);
