using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Audit;

/// <summary>
/// Records every write to the EHR, as the service on behalf of the author. The ledger has them on disk before and after they are sent; from there they are
/// taken over with the place that was reached in one commit, so that each is recorded once, also after a crash, and no note waits for it.
/// </summary>
internal sealed partial class LedgerAudit(NoteStore store, AuditLog audit, TimeProvider time, ILogger<LedgerAudit> logger) : BackgroundService
{
    private const int Bite = 200;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    /// <summary>Takes over what the ledger has by now.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var all = 0;
        for (var some = Bite; some == Bite; all += some)
            some = await store.WriteAsync(Take, cancellationToken).ConfigureAwait(false);
        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = BetweenLooks; ;)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
                wait = BetweenLooks;
            }
            catch (Exception notNow) when (notNow is StoreUnavailableException or InvalidDataException or System.Security.Cryptography.CryptographicException)
            {
                Log.NotNow(logger, notNow.GetType().Name);
                wait = AfterTrouble;
            }
            if (stoppingToken.IsCancellationRequested)
                return;
        }
    }

    private int Take(Session session)
    {
        var place = AuditCursors.Of(session, AuditCursors.Ledger);
        if (LedgerRows.After(session, place, 1).Count == 0)
            return 0;
        var rows = LedgerRows.After(session, AuditCursors.Lock(session, AuditCursors.Ledger), Bite);
        if (rows.Count == 0)
            return 0;
        AuditRows.Append(session, audit.Chain, [.. rows.Select(row => audit.LinkOf(row.Record))]);
        AuditCursors.Move(session, AuditCursors.Ledger, rows[^1].Outcome);
        return rows.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The writes to the EHR could not be taken over into the audit log ({Error}); they stand in the ledger and are taken over later.")]
        public static partial void NotNow(ILogger logger, string error);
    }
}
