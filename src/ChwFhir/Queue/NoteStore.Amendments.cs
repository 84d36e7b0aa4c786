namespace ChwFhir.Queue;

// Notes that change after their receipt: amended, taken back.
public sealed partial class NoteStore
{
    /// <summary>Makes a further content of a note durable: when the task completes it is on disk, and nothing of the one before is sent any more.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it was kept.</exception>
    public Task<Amendment> AmendAsync(IncomingAmendment amendment, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => Amendments.Receive(session, amendment), cancellationToken);

    /// <summary>Makes the newest content the note's, and keeps the one before; false when there is none newer.</summary>
    public Task<bool> PromoteAsync(Claim claim, long number, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Amendments.Promote(session, claim, number), cancellationToken);

    /// <summary>The contents that a note had before, oldest first.</summary>
    public Task<IReadOnlyList<EarlierVersion>> EarlierVersionsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Amendments.Earlier(session, number), cancellationToken);

    /// <summary>Makes durable that a note is taken back, and with it the note for the right patient. A note that is on its way nowhere is <c>retracted</c> at once.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it was kept.</exception>
    public Task<Retraction> RetractAsync(IncomingRetraction retraction, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => Retractions.Receive(session, retraction), cancellationToken);

    public Task BeginRetractionAsync(Claim claim, long number, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Retractions.Begin(session, claim, number), cancellationToken);

    /// <summary>Nobody has to take it out any more.</summary>
    public Task WithdrawRemovalsAsync(Claim claim, long number, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Retractions.WithdrawRemovals(session, claim, number, keys), cancellationToken);

    /// <summary>Asks the records office to take out of the EHR what software cannot.</summary>
    public Task AskRemovalAsync(Claim claim, long number, IReadOnlyList<RemovalRow> rows, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Retractions.AskRemoval(session, claim, number, rows), cancellationToken);

    /// <summary>What is still to be taken out, of all notes: how much, and so many of those asked for longest.</summary>
    public Task<(long Open, IReadOnlyList<RemovalRow> Oldest)> OpenRemovalsAsync(string ehr, int limit, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Retractions.Open(session, ehr, limit), cancellationToken);

    /// <summary>Of one note, done or not.</summary>
    public Task<IReadOnlyList<RemovalRow>> RemovalsAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Retractions.Removals(session, number), cancellationToken);

    /// <summary>Somebody says that it is out of the EHR; false when the note has no such removal.</summary>
    public Task<bool> TickOffRemovalAsync(string ehr, string id, string key, string? by, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Retractions.TickOff(session, ehr, id, key, by), cancellationToken);

    /// <summary>The other notes of a patient that have spoken of one long-lived resource, oldest visit first.</summary>
    public Task<IReadOnlyList<Contribution>> ContributionsAsync(string ehr, string patient, string identity, long except, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Retractions.Contributions(session, ehr, patient, identity, except), cancellationToken);

    /// <summary>The other notes of a patient that keep something here for this reason; none that is taken back.</summary>
    /// <param name="except">The id of the note that asks.</param>
    public Task<IReadOnlyList<long>> KeptByAsync(string ehr, string patient, string type, string why, string except, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Resources.KeptBy(session, ehr, patient, type, why, except), cancellationToken);
}
