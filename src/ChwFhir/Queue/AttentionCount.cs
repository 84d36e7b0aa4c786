namespace ChwFhir.Queue;

/// <summary>Notes in <c>needs-attention</c> with one issue code; a note with several stands under each.</summary>
/// <param name="Oldest">Receipt of the oldest of them.</param>
public sealed record AttentionCount(string Code, long Notes, DateTimeOffset Oldest);
