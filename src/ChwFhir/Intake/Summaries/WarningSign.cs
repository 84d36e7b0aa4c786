namespace ChwFhir.Intake.Summaries;

/// <param name="Action">Set only when the text says it.</param>
public sealed record WarningSign(string Text, WarningAction? Action = null, string? Phone = null);
