namespace ChwFhir;

/// <summary>What of a note is kept out of the chart, as far as somebody may know of it.</summary>
/// <param name="Id">The note's.</param>
/// <param name="Count">How many parts are held: also those that are not shown.</param>
/// <param name="Parts">Those that the caller may read, also released ones.</param>
public sealed record HeldPartsView(string Id, int Count, IReadOnlyList<HeldPartView> Parts)
{
    /// <summary>BCP 47 tag of their words; null where the note does not say.</summary>
    public string? Language { get; init; }
}
