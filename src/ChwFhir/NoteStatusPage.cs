namespace ChwFhir;

/// <summary>One page of notes, newest first.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record NoteStatusPage(IReadOnlyList<NoteStatus> Items, string? Next);
