using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack;

namespace ChwFhir.Delivery;

/// <summary>The supervisor's desk: what waits and why, and a hand on the writes to the EHR.</summary>
public sealed class DeliveryDesk
{
    private const int RemovalsShown = 200;

    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly EndpointSwitchboard switchboard;
    private readonly TimeProvider time;

    internal DeliveryDesk(NoteStore store, EhrConnection ehr, EndpointSwitchboard switchboard, TimeProvider time)
    {
        (this.store, this.ehr, this.switchboard, this.time) = (store, ehr, switchboard, time);
        EndpointName = Delivery.EndpointName.Of(ehr.Id);
    }

    /// <summary>What the EHR that notes are written to is called.</summary>
    public string EndpointName { get; }

    public async Task<DeliveryReport> ReportAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(ehr.Id, cancellationToken);
        var delivery = await store.CountDeliveryAsync(ehr.Id, cancellationToken);
        var unopened = await store.CountUnopenedAsync(ehr.Id, cancellationToken);
        var removals = await store.OpenRemovalsAsync(ehr.Id, RemovalsShown, cancellationToken);
        var now = time.GetUtcNow();
        return new DeliveryReport
        {
            At = now,
            Counts = new Dictionary<string, long>
            {
                [Words.Of(NoteState.Queued)] = counts.Queued,
                [Words.Of(NoteState.Writing)] = counts.Writing,
                [Words.Of(NoteState.Written)] = counts.Written,
                [Words.Of(NoteState.NeedsAttention)] = counts.NeedsAttention,
                [Words.Of(NoteState.Retracted)] = counts.Retracted,
            },
            OldestWaiting = counts.OldestWaiting,
            OldestWaitingMinutes = counts.OldestWaiting is { } since ? (int)Math.Max(0, (now - since).TotalMinutes) : null,
            Unknown = new UnknownReport(delivery.Unknown, delivery.LookedFor),
            NeedsAttention = [.. (await store.CountAttentionAsync(ehr.Id, cancellationToken)).Select(one => new AttentionReport(one.Code, one.Notes, one.Oldest))],
            Messages = new MessagesReport(unopened.Messages, unopened.Overdue, unopened.Untold, unopened.Oldest),
            Removals = new RemovalsReport(removals.Open, [.. removals.Oldest.Select(row => new RemovalAsked(row.NoteId, row.Key, row.Type, row.Reference, row.Why, row.AskedAt))]),
            Endpoints = [await EndpointAsync(cancellationToken)],
            OtherEhrs = [.. (await store.OtherEhrsWithWorkAsync(ehr.Id, cancellationToken)).Select(other => new OtherEhrReport(Delivery.EndpointName.Of(other.Ehr), other.Unfinished))],
            Work = new WorkReport(delivery.Instances, delivery.Lanes),
        };
    }

    /// <summary>Stops the writes to the EHR until somebody resumes them: in every instance, over every restart. Null when no EHR has this name.</summary>
    /// <param name="by">Who, as the caller's token names them.</param>
    public Task<EndpointReport?> PauseAsync(string endpoint, string by, string? reason, CancellationToken cancellationToken) =>
        TurnAsync(endpoint, stop: true, by, reason, cancellationToken);

    /// <summary>Starts the writes again, and waits for no pause any longer. Null when no EHR has this name.</summary>
    public Task<EndpointReport?> ResumeAsync(string endpoint, string by, string? reason, CancellationToken cancellationToken) =>
        TurnAsync(endpoint, stop: false, by, reason, cancellationToken);

    /// <summary>Tries every note in <c>needs-attention</c> again that has an issue with this code; null: all of them.</summary>
    /// <returns>How many.</returns>
    public Task<int> RetryAsync(string? code, CancellationToken cancellationToken) => store.RetryAllAsync(ehr.Id, code, cancellationToken);

    /// <summary>Every write of a note that was tried; null when there is no such note.</summary>
    /// <param name="rights">Of who reads it: which of the note's parts are named.</param>
    public async Task<NoteHistory?> HistoryAsync(string id, NoteRights rights, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;
        var history = NoteHistory.Of(id, await store.HistoryAsync(note.Number, cancellationToken), await store.DecisionsAsync(note.Number, cancellationToken));
        return NamesFor.Of(history, note, rights);
    }

    private async Task<EndpointReport?> TurnAsync(string endpoint, bool stop, string by, string? reason, CancellationToken cancellationToken)
    {
        if (endpoint != EndpointName)
            return null;
        await switchboard.TurnAsync(stop, by, reason, cancellationToken);
        return await EndpointAsync(cancellationToken);
    }

    private async Task<EndpointReport> EndpointAsync(CancellationToken cancellationToken)
    {
        var learned = await store.LearnedAsync(ehr.Id, cancellationToken);
        return EndpointReport.Of(EndpointName, ehr.Endpoint.State, time.GetUtcNow(),
            [.. learned.Where(row => !SearchEvidence.IsEvidence(row)).Select(row => new NotTaken(row.Type, row.Interaction, row.Until))]);
    }
}
