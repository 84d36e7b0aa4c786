namespace ChwFhir.Intake.Summaries;

public sealed record SummaryInstruction(string? Title, string Text);
