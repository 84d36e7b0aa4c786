using ChwFhir.Intake;

namespace ChwFhir.Queue;

// What the holder of a lane writes, step by step. Those without a task go to disk with the next one that has one: in the same commit, before it.
public sealed partial class NoteStore
{
    /// <summary>Takes the patient lane that has been due longest; null when none is due.</summary>
    public Task<Claim?> ClaimAsync(string ehr, string worker, TimeSpan lease, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Lanes.Claim(session, ehr, worker, lease), cancellationToken);

    /// <summary>The same, several lanes in one commit; fewer when fewer are due.</summary>
    public Task<IReadOnlyList<Claim>> ClaimAsync(string ehr, string worker, TimeSpan lease, int most, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Lanes.Claim(session, ehr, worker, lease, most), cancellationToken);

    /// <summary>The claim with a later <see cref="Claim.Until"/>; null when it was overtaken.</summary>
    public Task<Claim?> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Lanes.Renew(session, claim, lease), cancellationToken);

    /// <summary>Gives the lane back; the claim writes nothing more. Harmless when it was overtaken.</summary>
    public async Task ReleaseAsync(Claim claim, CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync(claim, session => Lanes.Release(session, claim), cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            // What was still in hand is no longer ours to write.
            await DoAsync(session => Lanes.Release(session, claim), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Keeps what the EHR said about the people of a note; its issues take the place of those of an earlier resolve, and of <c>not-yet-checked</c>.
    /// False when the patient turned out to be another lane's: the note has moved there at once, and this claim is done with it.
    /// </summary>
    public Task<bool> TakeResolvedAsync(Claim claim, long number, string patient, ReadOnlyMemory<byte> json, IReadOnlyList<NoteIssue> issues, CancellationToken cancellationToken)
    {
        if (!claim.IsLaneOf(patient))
            return StepAsync(claim, session => Progress.Move(session, claim, number, patient, json, issues), cancellationToken);
        claim.InHand.Add(number, found => found with { Resolved = (patient, json, issues) });
        return Task.FromResult(true);
    }

    /// <summary>Keeps what the mapping gave; its issues take the place of those of an earlier mapping. Rows that are past <c>pending</c> stay as they are.</summary>
    /// <param name="heldBundle">What is held back from the EHR; null when nothing is.</param>
    public void SaveMapped(Claim claim, long number, ReadOnlyMemory<byte> bundle, string document, IReadOnlyList<ResourceRow> rows, IReadOnlyList<NoteIssue> issues, ReadOnlyMemory<byte>? heldBundle) =>
        claim.InHand.Add(number, found => found with { Mapped = (bundle, document, rows, issues, heldBundle) });

    /// <summary>What an earlier edition wrote under a key that from now on means something else goes by another one.</summary>
    public void Rename(Claim claim, long number, IReadOnlyList<(ResourceRow Row, string Name)> rows) =>
        claim.InHand.Add(number, found => found with { Renamed = rows });

    /// <summary>Keeps the plan and what it says of each resource. Rows that are written, held or unknown stay as they are: those are never planned anew.</summary>
    public void SavePlan(Claim claim, long number, ReadOnlyMemory<byte> planJson, IReadOnlyList<ResourceRow> rows) =>
        claim.InHand.Add(number, found => found with { Planned = (planJson, [.. found.Planned?.Rows ?? [], .. rows]) });

    /// <summary>Keeps what the visits have said of long-lived resources, where no write carries it.</summary>
    public void SaveSaid(Claim claim, long number, IReadOnlyList<LongLivedRow> longLived) =>
        claim.InHand.Add(number, found => found with { Said = [.. found.Said, .. longLived] });

    /// <summary>On disk at once: before the EHR is asked anything that nothing else is written down for.</summary>
    public Task SaveInHandAsync(Claim claim, CancellationToken cancellationToken) => StepAsync(claim, _ => { }, cancellationToken);

    /// <summary>Writes down what is about to be sent, before it is sent. The note is <c>writing</c> from here on.</summary>
    /// <returns>Number of the intent, for <see cref="RecordAsync"/>.</returns>
    public Task<long> IntendAsync(Claim claim, Intent intent, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Ledger.Intend(session, claim, intent), cancellationToken);

    /// <summary>Writes down how it ended, what became of the resources, and the long-lived ones as they stand now, in one commit.</summary>
    public Task RecordAsync(Claim claim, long intentId, IntentOutcome outcome, IReadOnlyList<ResourceRow> rows, IReadOnlyList<LongLivedRow> longLived, CancellationToken cancellationToken)
    {
        Record(claim, intentId, outcome, rows, longLived);
        return SaveInHandAsync(claim, cancellationToken);
    }

    /// <summary>The same, for who goes on with another step and asks the EHR nothing in between.</summary>
    public void Record(Claim claim, long intentId, IntentOutcome outcome, IReadOnlyList<ResourceRow> rows, IReadOnlyList<LongLivedRow> longLived) =>
        claim.InHand.Add(intentId, outcome, rows, longLived);

    /// <summary>
    /// Ends this try of a note. <c>queued</c> with a time holds the later notes of the lane back until then, unless the note has an open
    /// intent: then it steps aside. Issues are added to those of earlier tries.
    /// </summary>
    /// <returns>True when the lane may go on with the next note of the claim.</returns>
    public Task<bool> FinishAsync(Claim claim, long number, NoteState state, DateTimeOffset? nextAttemptAt, bool countsAsAttempt, IReadOnlyList<NoteIssue> addIssues, CancellationToken cancellationToken) =>
        state is NoteState.Writing
        ? throw new ArgumentOutOfRangeException(nameof(state), "A try does not end in writing.")
        : StepAsync(claim, session => Progress.Finish(session, claim, number, state, nextAttemptAt, countsAsAttempt, addIssues), cancellationToken);

    /// <summary>The same for the last note of a claim: gives the lane back and takes the next one that is due, in the same commit.</summary>
    /// <param name="next">Null to take none.</param>
    public Task<Claim?> FinishLastAsync(Claim claim, long number, NoteState state, DateTimeOffset? nextAttemptAt, bool countsAsAttempt, IReadOnlyList<NoteIssue> addIssues, (string Worker, TimeSpan Lease)? next, CancellationToken cancellationToken) =>
        StepAsync(claim, session =>
        {
            Progress.Finish(session, claim, number, state, nextAttemptAt, countsAsAttempt, addIssues);
            Lanes.Release(session, claim);
            return next is var (worker, lease) ? Lanes.Claim(session, claim.Ehr, worker, lease) : null;
        }, cancellationToken);

    private Task StepAsync(Claim claim, Action<Session> step, CancellationToken cancellationToken) => StepAsync(claim, session =>
    {
        step(session);
        return true;
    }, cancellationToken);

    private async Task<T> StepAsync<T>(Claim claim, Func<Session, T> step, CancellationToken cancellationToken)
    {
        if (claim.InHand.Take() is not { } inHand)
            return await _writer.RunAsync(step, cancellationToken).ConfigureAwait(false);

        try
        {
            var (result, told) = await _writer.RunAsync(session =>
            {
                var onDisk = inHand.Write(session, claim);
                return (step(session), onDisk);
            }, inHand.HasOutcomes ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
            told();
            return result;
        }
        catch (Exception stopped) when (inHand.HasOutcomes && stopped is not StoreUnavailableException)
        {
            // The step was forbidden (the note was amended meanwhile), and all that went with it was taken back: how a request ended is kept all the same.
            var told = await _writer.RunAsync(session => inHand.WriteOutcomes(session, claim), CancellationToken.None).ConfigureAwait(false);
            told();
            throw;
        }
    }
}
