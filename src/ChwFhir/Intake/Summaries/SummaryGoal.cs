namespace ChwFhir.Intake.Summaries;

/// <param name="Due">FHIR date or dateTime, partial.</param>
public sealed record SummaryGoal(string Text, string? Start = null, string? Due = null);
