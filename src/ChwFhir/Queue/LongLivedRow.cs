namespace ChwFhir.Queue;

/// <summary>A resource that lives across the visits of one patient: plan, goal, concern, referral, caregiver.</summary>
/// <param name="Reference">Null while the EHR has no place for it and the service keeps it.</param>
/// <param name="Body">What the visits so far have said of it, FHIR JSON: the base of the next merge.</param>
/// <param name="VisitTime">The newest visit whose words stand in <paramref name="Body"/>.</param>
/// <param name="FoldedText">Its text, folded for comparing: tells a reused id from the same thing reworded.</param>
public sealed record LongLivedRow(
    string Key, string Type, string? Reference, string? Version, ReadOnlyMemory<byte> Body, DateTimeOffset VisitTime, string? FoldedText)
{
    /// <summary>Start of the visit that last spoke of an element, by the element's name; null where only <see cref="VisitTime"/> is known.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Times { get; init; }

    /// <summary>The EHR's resource as it was last written or read; null when that is not known.</summary>
    public ReadOnlyMemory<byte>? Seen { get; init; }

    /// <summary>The visits' words that <see cref="Seen"/> was made with, where later ones found no place in the EHR.</summary>
    public ReadOnlyMemory<byte>? Applied { get; init; }

    /// <summary>Every visit that spoke of it has been taken back.</summary>
    public bool Withdrawn { get; init; }
}
