namespace ChwFhir.SmartApp.Desk;

/// <summary>An encounter of the EHR to which a note may belong.</summary>
/// <param name="At">When it began, where that is; null where the EHR does not say.</param>
/// <param name="What">What it is, in the chart's words.</param>
/// <param name="Status">FHIR's word.</param>
public sealed record OfferedEncounter(string Reference, DateTimeOffset? At, DateTimeOffset? Until, string? What, string? Where, string? Status);
