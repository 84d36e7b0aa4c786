namespace ChwFhir.Queue;

/// <summary>Which notes of one EHR to list, newest receipt first.</summary>
/// <param name="Since">Received at or after.</param>
/// <param name="Limit">Notes a page, 1 to 200.</param>
/// <param name="Cursor"><see cref="NotePage.Next"/> of the page before; one that this store did not give counts as none.</param>
public sealed record NoteFilter(
    string Ehr, string? Patient = null, string? Author = null, NoteState? State = null, DateTimeOffset? Since = null, int Limit = 50, string? Cursor = null)
{
    /// <summary>Words for kinds of input; none: every kind. What a page shows is filtered before it is cut, or a long exchange of messages would push the visits out.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Null: all that there are.</summary>
    public NoteScope? Scope { get; init; }
}
