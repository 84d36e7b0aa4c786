using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>One patient's due notes, strictly in order, one at a time. What needs a person or cannot be told yet steps aside; what waits holds the later ones back.</summary>
internal sealed partial class LaneRun(NoteStore store, EhrConnection ehr, NoteWriter writer, WriteBackMetrics metrics, IOptions<WriteBackOptions> options, TimeProvider time, ILogger<LaneRun> logger)
{
    /// <summary>A lease outlasts two requests with all their repeats.</summary>
    public TimeSpan LeaseLength => 2 * ehr.LongestCall;

    // Several instances may run on one machine.
    public static readonly string Worker = $"{Environment.MachineName}/{Environment.ProcessId}";

    public Task RunAsync(Claim claim, CancellationToken cancellationToken) => RunAsync(claim, () => false, cancellationToken);

    /// <param name="mayGoOn">Whether another lane may follow this one.</param>
    /// <returns>The lane that was taken when this one was given back.</returns>
    public async Task<Claim?> RunAsync(Claim claim, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        using var work = new CancellationTokenSource();
        var lease = new Lease(store, claim, LeaseLength, time);
        var kept = lease.KeepAsync(work.Token);
        try
        {
            foreach (var number in claim.Numbers)
            {
                await lease.OutlastAsync(LeaseLength / 2, cancellationToken);
                if (!await TryAsync(lease, number, mayGoOn, cancellationToken))
                    break;
            }
        }
        catch (LeaseLostException)
        {
            Log.Overtaken(logger, claim.Lane);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: what was sent is recorded, the rest goes on after the next start.
        }
        finally
        {
            await work.CancelAsync();
            await kept;
            if (!lease.IsGivenBack)
                await store.ReleaseAsync(claim, CancellationToken.None);
        }
        return lease.Next;
    }

    // Whether the lane may go on with the next note.
    private async Task<bool> TryAsync(Lease lease, long number, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(number, cancellationToken) is not { } note)
            return true;

        if (note.IsDamaged)
            return await FinishAsync(lease, note, new NoteEnding.NeedsPerson([Notes.Damaged]), mayGoOn);

        NoteEnding ending;
        using var trace = WriteBackTracing.Try(number, lease.Claim.Lane);
        var isItsOwn = FailsWhileOthersAreAnswered(note);
        try
        {
            ending = await writer.TryAsync(lease, note, cancellationToken);
        }
        catch (SealBrokenException)
        {
            ending = new NoteEnding.NeedsPerson([Notes.Damaged]);
        }
        catch (Exception bug) when (bug is not (LeaseLostException or OperationCanceledException or StoreUnavailableException))
        {
            // One note that trips over a fault of ours must not hold up everybody's; its message may hold what the note says.
            Log.Failed(logger, number, bug.GetType().Name, bug.StackTrace);
            ending = new NoteEnding.Waits(store.Now + options.Value.LongestWait, Counts: true);
        }
        if (ending is NoteEnding.EndpointDown && isItsOwn && ehr.Endpoint is { PausedUntil: null, Stopped: null })
            ending = new NoteEnding.Waits(store.Now + await PatienceAsync(number), Counts: true);
        WriteBackTracing.End(trace, ending);
        return await FinishAsync(lease, note, ending, mayGoOn);
    }

    // Put back once for want of an answer while others have been answered since: if it gets none again, the matter is this note or its chart.
    private bool FailsWhileOthersAreAnswered(StoredNote note) => note.NextAttemptAt is not null && ByStore(ehr.Endpoint.AnsweredAt) > note.UpdatedAt;

    // The endpoint goes by the clock of this process.
    private DateTimeOffset? ByStore(DateTimeOffset? here) => here is { } moment ? store.Now + (moment - time.GetUtcNow()) : null;

    // Two answers lost by chance are soon made good; a chart that fails again and again is asked less and less.
    private async Task<TimeSpan> PatienceAsync(long number) =>
        await store.ReadAsync(number, CancellationToken.None) is { } note ? Backoff.After(2 * note.Attempts, options.Value) : options.Value.LongestWait;

    // The host may be stopping: how it ended is written down all the same.
    private async Task<bool> FinishAsync(Lease lease, StoredNote note, NoteEnding ending, Func<bool> mayGoOn)
    {
        switch (ending)
        {
            case NoteEnding.Written { Issues: var issues }:
                return await FinishAsync(lease, note, NoteState.Written, null, true, issues, mayGoOn);
            case NoteEnding.Retracted { Issues: var issues }:
                return await FinishAsync(lease, note, NoteState.Retracted, null, true, issues, mayGoOn);
            case NoteEnding.NeedsPerson { Issues: var issues }:
                return await FinishAsync(lease, note, NoteState.NeedsAttention, null, true, issues, mayGoOn);
            // The endpoint's trouble uses up nobody's attempts.
            case NoteEnding.Waits { Until: var until } when ehr.Endpoint.PausedUntil is not null:
                return await FinishAsync(lease, note, NoteState.Queued, until, false, [], mayGoOn);
            case NoteEnding.Waits { Counts: true } when await IsLastAsync(note.Number):
                return await FinishAsync(lease, note, NoteState.NeedsAttention, null, true, [GaveUp()], mayGoOn);
            case NoteEnding.Waits { Until: var again, Counts: var counts }:
                return await FinishAsync(lease, note, NoteState.Queued, again, counts, [], mayGoOn);
            case NoteEnding.EndpointDown:
                await FinishAsync(lease, note, NoteState.Queued, ByStore(ehr.Endpoint.PausedUntil) ?? store.Now + options.Value.FirstWait, false, [], mayGoOn);
                return false;
            default:
                return true;
        }
    }

    private async Task<bool> FinishAsync(Lease lease, StoredNote note, NoteState state, DateTimeOffset? next, bool counts, IReadOnlyList<NoteIssue> issues, Func<bool> mayGoOn)
    {
        var goesOn = false;
        if (note.Number == lease.Claim.Numbers[^1])
            lease.GivenBackFor(await store.FinishLastAsync(lease.Claim, note.Number, state, next, counts, issues, mayGoOn() ? (Worker, LeaseLength) : null, CancellationToken.None));
        else
            goesOn = await store.FinishAsync(lease.Claim, note.Number, state, next, counts, issues, CancellationToken.None);
        metrics.Note(state);
        Log.Ended(logger, note.Number, Words.Of(state));
        if (state == NoteState.Written)
            metrics.Written(store.Now - note.ReceivedAt);
        return goesOn;
    }

    private async Task<bool> IsLastAsync(long number) =>
        await store.ReadAsync(number, CancellationToken.None) is { } note && note.Attempts + 1 >= options.Value.MaxAttempts;

    private NoteIssue GaveUp() => new("error", "gave-up", null, $"{options.Value.MaxAttempts} tries did not bring the note into the chart; a person has to look");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Note {Number} is {State}.")]
        public static partial void Ended(ILogger logger, long number, string state);

        [LoggerMessage(LogLevel.Warning, "The claim on lane {Lane} was overtaken; its holder stops.")]
        public static partial void Overtaken(ILogger logger, long lane);

        [LoggerMessage(LogLevel.Error, "Note {Number} met a fault of the service: {Fault}. It is tried again later.\n{Where}")]
        public static partial void Failed(ILogger logger, long number, string fault, string? where);
    }
}
