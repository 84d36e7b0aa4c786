namespace ChwFhir.Mapping;

/// <summary>The code status as the chart has it.</summary>
/// <param name="Date">FHIR date or dateTime; null when the chart gives none.</param>
public sealed record CodeStatus(string Value, string? Date);
