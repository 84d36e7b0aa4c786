namespace ChwFhir.Chart;

/// <summary>The code status that stands in the chart.</summary>
/// <param name="Date">FHIR date or dateTime; null when the chart gives none.</param>
public sealed record CodeStatusFact(string Value, string? Date, FactSource Source);
