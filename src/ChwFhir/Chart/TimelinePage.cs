namespace ChwFhir.Chart;

/// <param name="Next">Cursor of the page after this; null on the last.</param>
/// <param name="Unavailable">What of it could not be read.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineItem> Items, string? Next, IReadOnlyList<Unavailable> Unavailable);
