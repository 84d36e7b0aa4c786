namespace ChwFhir.Chart;

/// <summary>One content of a note: the first, or an amendment.</summary>
/// <param name="ReceivedAt">When this content came in.</param>
public sealed record ToldVersion(int Version, DateTimeOffset ReceivedAt, ToldVisit Visit)
{
    /// <summary>The note holds something back since: of this content is told only what the last one says too.</summary>
    public bool IsPartial { get; init; }
}
