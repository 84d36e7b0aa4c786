using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack;

/// <summary>
/// Brings kept notes to the EHR: several patients at a time, each by one runner. While the EHR is in trouble, or a person has stopped it, nobody runs;
/// when the pause is over one patient's notes go ahead, then two, four, up to the limit, as long as all goes well. Wakes up for receipts and for due
/// times, never to look around.
/// </summary>
public sealed partial class WriteBackWorker : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly LaneRun lanes;
    private readonly TimeProvider time;
    private readonly SlowStart start;
    private readonly ILogger<WriteBackWorker> logger;
    private readonly List<Task> running = [];

    internal WriteBackWorker(NoteStore store, EhrConnection ehr, LaneRun lanes, IOptions<WriteBackOptions> options, TimeProvider time, ILogger<WriteBackWorker> logger)
    {
        (this.store, this.ehr, this.lanes, this.time, this.logger) = (store, ehr, lanes, time, logger);
        start = new SlowStart(options.Value.Parallel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                // The disk, most likely. Nothing is lost by waiting; giving up would strand every note.
                Log.Troubled(logger, trouble.GetType().Name);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        // What was sent to the EHR is recorded before the service ends.
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StepAsync(CancellationToken stoppingToken)
    {
        running.RemoveAll(run => run.IsCompleted);
        if (!await MayRunAsync(stoppingToken))
            return;
        if (running.Count >= start.Allowed)
        {
            await Task.WhenAny(running).WaitAsync(stoppingToken);
            return;
        }

        var claims = await store.ClaimAsync(ehr.Id, LaneRun.Worker, lanes.LeaseLength, start.Allowed - running.Count, stoppingToken);
        running.AddRange(claims.Select(claim => Task.Run(() => RunAsync(claim, stoppingToken), CancellationToken.None)));
        if (claims.Count > 0)
            return;
        if (running.Count == 0)
            await store.WaitForWorkAsync(ehr.Id, stoppingToken);
        else
            await WorkOrEndAsync(stoppingToken);
    }

    // While the endpoint rests, or is stopped, nobody is sent.
    private async Task<bool> MayRunAsync(CancellationToken stoppingToken)
    {
        var resumed = ehr.Endpoint.WhenResumedAsync();
        if (ehr.Endpoint.Stopped is not null)
        {
            await resumed.WaitAsync(stoppingToken);
            return false;
        }
        if (ehr.Endpoint.PausedUntil is not { } until)
            return true;

        start.Again();
        var rest = until - time.GetUtcNow();
        if (rest <= TimeSpan.Zero)
            return true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(resumed, Task.Delay(rest, time, enough.Token));
        await enough.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        return false;
    }

    private async Task WorkOrEndAsync(CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny([.. running, store.WaitForWorkAsync(ehr.Id, enough.Token)]);
        await enough.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(Claim claim, CancellationToken stoppingToken)
    {
        try
        {
            for (Claim? lane = claim; lane is not null;)
            {
                lane = await lanes.RunAsync(lane, () => MayGoOn(stoppingToken), stoppingToken);
                if (ehr.Endpoint.PausedUntil is null)
                    start.Went();
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            Log.Troubled(logger, trouble.GetType().Name);
            await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A runner takes its next patient by itself, with the last word on the one before, as long as nothing has to be thought over.
    private bool MayGoOn(CancellationToken stoppingToken) =>
        !stoppingToken.IsCancellationRequested && ehr.Endpoint is { PausedUntil: null, Stopped: null } && running.Count <= start.Allowed;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The write-back met {Trouble}; it goes on in a moment.")]
        public static partial void Troubled(ILogger logger, string trouble);
    }
}
