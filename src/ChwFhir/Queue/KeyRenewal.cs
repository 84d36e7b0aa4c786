using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>Looks twice a day whether the key that values are sealed with has served its time.</summary>
internal sealed partial class KeyRenewal(Func<NoteStore> store, TimeProvider clock, ILogger<KeyRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(12);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await store().RenewKeyAsync(CancellationToken.None).ConfigureAwait(false);
            }
            // A key that does not open is for people: what is stored goes on being sealed with the one in use.
            catch (Exception notNow) when (notNow is StoreUnavailableException or StorageInUseException)
            {
                Log.NotNow(logger, notNow.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Whether the store's key is to be renewed could not be seen to ({Error}); later again.")]
        public static partial void NotNow(ILogger logger, string error);
    }
}
