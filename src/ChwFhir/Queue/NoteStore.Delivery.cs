namespace ChwFhir.Queue;

/// <summary>What the desk asks and says, and what is cleared away.</summary>
public sealed partial class NoteStore
{
    /// <summary>Other instances write to it as well.</summary>
    public bool Shared => _database.Shared;

    public Task<DeliveryCounts> CountDeliveryAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Desk.Count(session, ehr), cancellationToken);

    /// <summary>Why notes need attention, most frequent first.</summary>
    public Task<IReadOnlyList<AttentionCount>> CountAttentionAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Desk.Attention(session, ehr), cancellationToken);

    /// <summary>Open messages that nobody has opened.</summary>
    public Task<UnopenedMessages> CountUnopenedAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Desk.Unopened(session, ehr), cancellationToken);

    /// <summary>Puts every note in <c>needs-attention</c> with this issue code (null: with any) back into its lane, a few at a time so that nobody waits for it.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RetryAllAsync(string ehr, string? code, CancellationToken cancellationToken)
    {
        const int Bite = 20;
        var retried = 0;
        for ((long, long)? after = (0, 0); after is { } place;)
        {
            (var some, after) = await _writer.RunAsync(session => Desk.Retry(session, ehr, code, place, Bite), cancellationToken).ConfigureAwait(false);
            retried += some;
        }
        return retried;
    }

    /// <summary>What a person last said of the writes to an EHR; null when nobody has.</summary>
    public Task<EndpointSwitch?> SwitchAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => EndpointSwitches.Of(session, ehr), cancellationToken);

    /// <summary>A person stops the writes to an EHR, or starts them again: for every instance, until somebody says otherwise.</summary>
    /// <returns>What holds now: a stop that was in force stays the one of who stopped first.</returns>
    public Task<EndpointSwitch> SwitchAsync(string ehr, bool stop, string by, string? reason, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => EndpointSwitches.Turn(session, ehr, stop, by, reason), cancellationToken);

    /// <summary>
    /// Takes away the transport copies of the next few notes that were wholly written before a time: their mapped Bundle and document. What the EHR does
    /// not hold as itself stays, as do the input, the rows of the resources and the ledger.
    /// </summary>
    /// <param name="after">Where the last call ended; 0 to begin.</param>
    /// <returns>How many notes lost theirs, and where to go on; null at the end.</returns>
    public async Task<(int Pruned, long? Next)> PruneAsync(long after, DateTimeOffset before, int bite, CancellationToken cancellationToken)
    {
        var (numbers, next) = await _readers.RunAsync(session => TransportCopies.Find(session, after, before, bite), cancellationToken).ConfigureAwait(false);
        var pruned = numbers.Count == 0 ? 0 : await _writer.RunAsync(session => TransportCopies.Prune(session, numbers, before), cancellationToken).ConfigureAwait(false);
        StoreTelemetry.Pruned(pruned);
        return (pruned, next);
    }
}
