namespace ChwFhir.Queue;

/// <summary>A note that spoke of a long-lived resource.</summary>
/// <param name="Bundle">As it was mapped; null when that copy has been cleared away.</param>
public sealed record Contribution(long Number, DateTimeOffset VisitTime, ReadOnlyMemory<byte>? Bundle, IReadOnlyList<ResourceRow> Resources);
