namespace ChwFhir.Planning;

/// <summary>An encounter of the same patient that overlaps the visit's day.</summary>
/// <param name="IsHomeVisit">Its class or type is one that visits may attach to (settings).</param>
public sealed record EncounterCandidate(string Reference, bool IsHomeVisit)
{
    /// <summary>It is going on: some servers file readings only then. Null when nobody looked.</summary>
    public bool? Open { get; init; }

    /// <summary>When it was and what it was, for the person who chooses.</summary>
    public string? Words { get; init; }
}
