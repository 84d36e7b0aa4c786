using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Delivery;

/// <summary>
/// Keeps the stop of an EHR's writes in the store: it holds after a restart, before anything is sent, and where instances share the store each learns
/// of it within a second or two.
/// </summary>
internal sealed partial class EndpointSwitchboard(NoteStore store, EhrConnection ehr, TimeProvider time, ILogger<EndpointSwitchboard> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private long seen;

    /// <summary>Before any other service starts: nothing is sent before it is known whether it may be.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A person stops the writes, or starts them again.</summary>
    public async Task TurnAsync(bool stop, string by, string? reason, CancellationToken cancellationToken) =>
        Apply(await store.SwitchAsync(ehr.Id, stop, by, reason, cancellationToken));

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await store.SwitchAsync(ehr.Id, cancellationToken) is { } said)
            Apply(said);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Alone with its store, this process is the only one that is ever told.
        while (store.Shared && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookAgainAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception gone) when (gone is StoreUnavailableException or OperationCanceledException)
            {
                // Without its store nothing is sent either.
            }
        }
    }

    private void Apply(EndpointSwitch said)
    {
        lock (gate)
        {
            if (said.Turn <= seen)
                return;
            var first = seen == 0;
            seen = said.Turn;
            if (said.Stopped)
            {
                ehr.Endpoint.Stop(new EndpointStop(said.By, said.At, said.Reason));
                Log.Stopped(logger);
                return;
            }
            // Said before this process began, and nothing stopped: there is nothing to lift.
            if (first && ehr.Endpoint.Stopped is null && !ehr.Endpoint.IsResting)
                return;
            ehr.Endpoint.Resume();
            Log.Resumed(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A person has stopped the writes to the EHR. Notes are taken and wait.")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(LogLevel.Information, "A person has started the writes to the EHR again.")]
        public static partial void Resumed(ILogger logger);
    }
}
