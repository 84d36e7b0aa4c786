using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Audit;

/// <summary>Says every hour, and at the end, in the log where this instance's chain stands: what is cut off behind that is found by it (<c>audit verify --head</c>).</summary>
internal sealed partial class AuditHeads(AuditLog audit, TimeProvider time, ILogger<AuditHeads> logger) : BackgroundService
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private string? said;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await SayAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await SayAsync(stoppingToken).ConfigureAwait(false);
            await Task.Delay(Hour, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = (await audit.HeadsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(head => head.Chain == audit.Chain)?.ToString();
            if (head is not null && head != said)
                Log.Head(logger, said = head);
        }
        catch (Exception notNow) when (notNow is StoreUnavailableException or OperationCanceledException)
        {
            Log.NotRead(logger, notNow.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The audit log stands at {Head}.")]
        public static partial void Head(ILogger logger, string head);

        [LoggerMessage(LogLevel.Warning, "Where the audit log stands could not be read ({Error}).")]
        public static partial void NotRead(ILogger logger, string error);
    }
}
