namespace ChwFhir.Intake.Summaries;

/// <summary>A medicine as the summary lists it: read to be shown, never ordered again.</summary>
/// <param name="Change">Null when the document does not say.</param>
/// <param name="Status"><c>active</c>, <c>completed</c>, <c>stopped</c>, <c>on-hold</c>; null when not said.</param>
public sealed record SummaryMedication(string Text, MedicationChange? Change = null, string? Instructions = null, DocumentCode? Code = null, string? Status = null, string? Start = null, string? End = null);
