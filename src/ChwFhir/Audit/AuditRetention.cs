using System.Globalization;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Audit;

/// <summary>
/// Cuts off what is older than <c>Audit__Keep</c>, a month's worth at a time, and never silently: only where every link holds, and in one commit with a record at
/// the end of the same chain that says what was cut and what the rest hangs on. Not while the log itself knows nothing of the month before: a clock that stands
/// years ahead would cut everything. The records go weeks after the cut, in small bites: so long somebody can still save them.
/// </summary>
internal sealed partial class AuditRetention(NoteStore store, AuditLog audit, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditRetention> logger) : BackgroundService
{
    private const int Bite = 500;
    private static readonly TimeSpan Worth = TimeSpan.FromDays(30);
    private static readonly TimeSpan Rest = TimeSpan.FromDays(21);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenBites = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);

    /// <returns>How many records are gone.</returns>
    public async Task<long> RoundAsync(CancellationToken cancellationToken)
    {
        // With PostgreSQL the database's clock, not this machine's.
        await store.ProbeAsync(cancellationToken).ConfigureAwait(false);
        var now = store.Now;
        var before = now.AddYears(-options.Value.Keep);
        var isSound = await store.ReadAsync(session => AuditCuts.IsAny(session, (now - (2 * Month)).ToUnixTimeMilliseconds(), (now - Month).ToUnixTimeMilliseconds()), cancellationToken).ConfigureAwait(false);
        var gone = 0L;
        foreach (var chain in await store.ReadAsync(AuditRows.Chains, cancellationToken).ConfigureAwait(false))
        {
            gone += await ClearAsync(chain, now - Rest, cancellationToken).ConfigureAwait(false);
            if (!await store.ReadAsync(session => IsDue(session, chain, before), cancellationToken).ConfigureAwait(false))
                continue;
            if (isSound)
                await CutAsync(chain, before, cancellationToken).ConfigureAwait(false);
            else
                Log.ClockInDoubt(logger, chain);
        }
        return gone;
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
                await RoundAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception notNow) when (notNow is StoreUnavailableException or OperationCanceledException)
            {
                // Tomorrow is soon enough.
            }
        }
    }

    private static bool IsDue(Session session, string chain, DateTimeOffset before) =>
        AuditCuts.Oldest(session, chain, AuditCuts.Of(session, chain)?.Number ?? 0) < (before - Worth).ToUnixTimeMilliseconds();

    private async Task CutAsync(string chain, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // What somebody has tampered with stays as it is found: it is what shows it.
        if ((await audit.VerifyAsync([], cancellationToken).ConfigureAwait(false)).Faults.Any(fault => fault.Chain == chain))
        {
            Log.NotCut(logger, chain);
            return;
        }
        if (await store.WriteAsync(session => Cut(session, chain, before), CancellationToken.None).ConfigureAwait(false) is { } cut)
            Log.Cut(logger, cut.Number, cut.Chain, options.Value.Keep);
    }

    private AuditHead? Cut(Session session, string chain, DateTimeOffset before)
    {
        var cut = AuditCuts.Lock(session, chain);
        if (AuditCuts.LastBefore(session, chain, cut, before.ToUnixTimeMilliseconds()) is not { } last)
            return null;
        var head = new AuditHead(chain, last.Number, Convert.ToHexStringLower(last.Hash));
        AuditCuts.Move(session, chain, last.Number, last.Hash);
        AuditRows.Append(session, chain, [audit.LinkOf(new AuditRecord
        {
            Action = AuditAction.Delete,
            Subject = AuditRecord.Service,
            Kind = AuditCut.Kind,
            Id = head.ToString(),
            Purpose = AuditRecord.Operations,
            Why = string.Create(CultureInfo.InvariantCulture, $"older than {before:yyyy-MM-dd} (Audit__Keep {options.Value.Keep} years)"),
        })]);
        return head;
    }

    private async Task<long> ClearAsync(string chain, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => AuditCuts.Of(session, chain), cancellationToken).ConfigureAwait(false) is not { } cut || cut.At > before)
            return 0;
        var gone = 0L;
        for (var some = Bite; some == Bite; gone += some)
        {
            some = await store.WriteAsync(session => AuditCuts.Clear(session, chain, cut.Number, Bite), cancellationToken).ConfigureAwait(false);
            if (some == Bite)
                await Task.Delay(BetweenBites, time, cancellationToken).ConfigureAwait(false);
        }
        return gone;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The audit log was cut: the records up to {Number} of chain {Chain} are older than {Years} years and go in three weeks. The chain says so itself.")]
        public static partial void Cut(ILogger logger, long number, string chain, int years);

        [LoggerMessage(LogLevel.Error, "Chain {Chain} of the audit log seems to have records that are old enough to go, and no record is from the month before this one: the clock may be wrong, and nothing is cut. After a month of use it goes on by itself.")]
        public static partial void ClockInDoubt(ILogger logger, string chain);

        [LoggerMessage(LogLevel.Error, "Chain {Chain} of the audit log has records that are old enough to go, and does not hold: nothing is cut. See audit verify.")]
        public static partial void NotCut(ILogger logger, string chain);
    }
}
