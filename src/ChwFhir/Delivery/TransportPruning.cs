using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Delivery;

/// <summary>Once a day clears away transport copies that have been of no use for long; in small bites with pauses between them, so that nobody waits for it.</summary>
internal sealed partial class TransportPruning(NoteStore store, IOptions<RetentionOptions> options, TimeProvider time, ILogger<TransportPruning> logger) : BackgroundService
{
    private const int Bite = 100;
    private static readonly TimeSpan BetweenBites = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);

    /// <summary>One round over all that is kept.</summary>
    /// <returns>How many notes lost their copies.</returns>
    public async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.KeepTransport;
        var pruned = 0;
        for (long? after = 0; after is { } place;)
        {
            (var some, after) = await store.PruneAsync(place, before, Bite, cancellationToken);
            pruned += some;
            if (after is not null)
                await Task.Delay(BetweenBites, time, cancellationToken);
        }
        if (pruned > 0)
            Log.Pruned(logger, pruned);
        return pruned;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = AfterStart; ; wait = BetweenRounds)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception notNow) when (notNow is StoreUnavailableException or OperationCanceledException)
            {
                // Tomorrow is soon enough.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Transport copies of {Notes} written notes were cleared away.")]
        public static partial void Pruned(ILogger logger, int notes);
    }
}
