namespace ChwFhir.Intake.Summaries;

/// <param name="Status"><c>active</c>, <c>inactive</c>, <c>resolved</c>; null when not said.</param>
/// <param name="Onset">FHIR date or dateTime, partial.</param>
public sealed record SummaryDiagnosis(string Text, DocumentCode? Code = null, string? Status = null, string? Onset = null);
