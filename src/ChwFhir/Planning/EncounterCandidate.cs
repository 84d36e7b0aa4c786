namespace ChwFhir.Planning;

/// <summary>An encounter of the same patient that overlaps the visit's day.</summary>
/// <param name="IsHomeVisit">Its class or type is one that visits may attach to (settings).</param>
public sealed record EncounterCandidate(string Reference, bool IsHomeVisit);
