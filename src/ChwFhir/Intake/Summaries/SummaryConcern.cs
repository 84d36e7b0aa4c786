namespace ChwFhir.Intake.Summaries;

/// <summary>A health concern as the document states it.</summary>
public sealed record SummaryConcern(string Text, DocumentCode? Code = null, string? Status = null);
