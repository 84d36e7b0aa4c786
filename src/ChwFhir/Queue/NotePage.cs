namespace ChwFhir.Queue;

/// <param name="Next">Cursor of the next page; null on the last. Notes received in between do not shift the pages.</param>
public sealed record NotePage(IReadOnlyList<StoredNote> Items, string? Next);
