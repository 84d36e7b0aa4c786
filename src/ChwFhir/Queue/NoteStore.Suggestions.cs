namespace ChwFhir.Queue;

public sealed partial class NoteStore
{
    /// <summary>All suggestions of a note by number, decided or not.</summary>
    public Task<IReadOnlyList<SuggestionRow>> SuggestionsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => SuggestionRows.Of(session, number), cancellationToken);

    /// <summary>The same suggestions with other bodies, decided or not.</summary>
    public Task RewriteSuggestionsAsync(long number, IReadOnlyList<SuggestionRow> rows, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => SuggestionRows.Rewrite(session, number, rows), cancellationToken);

    /// <summary>Keeps a person's word on a suggestion; false when somebody had decided before, or the note was taken back.</summary>
    public Task<bool> DecideSuggestionAsync(string ehr, string id, int number, SuggestionState state, string by, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => SuggestionRows.DecideOnce(session, ehr, id, number, state, by), cancellationToken);

    /// <summary>The bytes of a note as they were sent last.</summary>
    public async Task<ReadOnlyMemory<byte>?> NewestInputAsync(long number, CancellationToken cancellationToken) =>
        await _readers.RunAsync(session => SuggestionRows.NewestInput(session, number), cancellationToken) is { } body ? (ReadOnlyMemory<byte>?)body : null;
}
