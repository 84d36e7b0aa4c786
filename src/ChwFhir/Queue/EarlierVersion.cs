namespace ChwFhir.Queue;

/// <summary>A content that a note had before it was amended, with what became of it.</summary>
/// <param name="Edition">Which edition it went out as; null when nothing of it did.</param>
public sealed record EarlierVersion(int Version, int? Edition, string Kind, ReadOnlyMemory<byte> Input, SentAs SentAs, ReadOnlyMemory<byte>? Resolved, ReadOnlyMemory<byte>? Bundle, string? Document, IReadOnlyList<ResourceRow> Resources, DateTimeOffset ReceivedAt);
