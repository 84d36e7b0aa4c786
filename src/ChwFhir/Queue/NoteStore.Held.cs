namespace ChwFhir.Queue;

// Held parts that people decide about.
public sealed partial class NoteStore
{
    /// <summary>Keeps what a person decided about a held part; a release is the note's next content, with the words of the last.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    public Task<Amendment> DecideHeldAsync(string ehr, string id, long revision, HeldDecision decision, ToldAnew told, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => HeldDecisions.Keep(session, ehr, id, revision, decision, told), cancellationToken);

    /// <summary>All that was decided about a note's held parts, oldest first.</summary>
    public Task<IReadOnlyList<HeldDecision>> HeldDecisionsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => HeldDecisions.Of(session, number), cancellationToken);
}
