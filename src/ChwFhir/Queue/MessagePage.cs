namespace ChwFhir.Queue;

/// <param name="Next">Cursor of the following page; null on the last.</param>
public sealed record MessagePage(IReadOnlyList<StoredMessage> Items, string? Next);
