namespace ChwFhir.Intake.Summaries;

/// <param name="Due">FHIR date or dateTime, partial.</param>
public sealed record PendingTest(string Text, string? Due = null);
