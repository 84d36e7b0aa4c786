namespace ChwFhir.Queue;

// What the care team says of concerns.
public sealed partial class NoteStore
{
    public Task<IReadOnlyList<ConcernWordRow>> ConcernWordsAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => ConcernWords.Of(session, ehr, patient), cancellationToken);

    /// <exception cref="StoreUnavailableException">Nothing was kept.</exception>
    public Task KeepConcernWordAsync(string ehr, string patient, ConcernWordRow word, CancellationToken cancellationToken) => _writer.RunAsync(session =>
    {
        ConcernWords.Keep(session, ehr, patient, word);
        return true;
    }, cancellationToken);
}
