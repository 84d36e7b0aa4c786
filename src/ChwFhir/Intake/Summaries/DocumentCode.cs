namespace ChwFhir.Intake.Summaries;

/// <param name="System">URI of the code system; null when the document names one that is not known.</param>
public sealed record DocumentCode(string? System, string? Code, string? Display);
