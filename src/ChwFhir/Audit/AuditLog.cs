using System.Threading.Channels;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Audit;

/// <summary>
/// The append-only log of who read and wrote what, in the database of the notes: one hash chain an instance, so that a line which was changed, taken out or put
/// in is found. Records that arrive while others are being written share their flush to disk.
/// </summary>
public sealed partial class AuditLog : IAsyncDisposable
{
    private const int LargestGroup = 256;
    private const int Capacity = 4096;

    private readonly NoteStore _store;
    private readonly TimeProvider _clock;
    private readonly AuditSealing _sealing;
    private readonly ILogger<AuditLog> _log;
    private readonly Channel<Waiting> _line = Channel.CreateBounded<Waiting>(Capacity);
    private readonly Task _writing;

    public AuditLog(NoteStore store, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditLog> log)
    {
        (_store, _clock, _log) = (store, clock, log);
        _sealing = new AuditSealing(store.Vault);
        Chain = options.Value.Instance ?? (store.Shared ? Environment.MachineName : AuditHead.DefaultChain);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The chain of this instance.</summary>
    public string Chain { get; }

    /// <summary>On disk when it completes.</summary>
    /// <exception cref="StoreUnavailableException">It was not recorded: what is to be read must not be shown.</exception>
    public async Task AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Waiting(LinkOf(record));
        if (!_line.Writer.TryWrite(waiting))
            throw new StoreUnavailableException("Too many audit records wait, or the store is closed.", StorageTrouble.RetryAfter);
        // Whoever leaves now has read, or may have: the record is kept all the same.
        await waiting.Written.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// For what has been done already and cannot be taken back: recorded now if that can be, else as soon as it can. Waits for a place in the line,
    /// not for the disk.
    /// </summary>
    public async Task AppendSoonAsync(AuditRecord record)
    {
        var waiting = new Waiting(LinkOf(record)) { Stays = true };
        try
        {
            await _line.Writer.WriteAsync(waiting, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            Log.TooLate(_log);
        }
    }

    /// <summary>For what has been done already: on disk when it completes if that can be now, else as soon as it can.</summary>
    public async Task AppendDoneAsync(AuditRecord record)
    {
        var dated = record with { When = record.When ?? _clock.GetUtcNow() };
        try
        {
            await AppendAsync(dated, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            await AppendSoonAsync(dated).ConfigureAwait(false);
        }
    }

    public Task<AuditPage> ListAsync(AuditFilter filter, CancellationToken cancellationToken) => _store.ReadAsync(
        session =>
        {
            Dictionary<string, long> clear = new(StringComparer.Ordinal);
            var found = AuditRows.List(session, filter, _sealing);
            var items = found.Take(filter.Limit).Select(row => new AuditEntry(row.Chain, row.Number, _sealing.Read(row.Body, row.Number <= ClearUntil(row.Chain), row.At), row.Hash)).ToList();
            return new AuditPage(items, found.Count > filter.Limit ? found[filter.Limit - 1].Id : null);

            long ClearUntil(string chain) => clear.TryGetValue(chain, out var until) ? until : clear[chain] = AuditRows.ClearUntil(session, chain);
        },
        cancellationToken);

    /// <summary>The records of a chain in their order, from behind a number.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string chain, long after, int limit, CancellationToken cancellationToken) => _store.ReadAsync<IReadOnlyList<AuditEntry>>(
        session =>
        {
            var clear = AuditRows.ClearUntil(session, chain);
            return [.. AuditRows.After(session, chain, Math.Max(after, AuditCuts.Of(session, chain)?.Number ?? 0), limit).Select(row => new AuditEntry(chain, row.Number, _sealing.Read(row.Body, row.Number <= clear, DateTimeOffset.FromUnixTimeMilliseconds(row.At)), Convert.ToHexStringLower(row.Hash)))];
        },
        cancellationToken);

    /// <summary>The last record of each chain.</summary>
    public Task<IReadOnlyList<AuditHead>> HeadsAsync(CancellationToken cancellationToken) => _store.ReadAsync(AuditRows.Heads, cancellationToken);

    /// <summary>Looks at every link of every chain.</summary>
    /// <param name="known">Heads that were written down before: they must still be in their chains.</param>
    public Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditHead> known, CancellationToken cancellationToken) => VerifyAsync(known, acceptsCuts: false, cancellationToken);

    /// <param name="acceptsCuts">Heads of records that went with a cut are no fault: whoever wrote them down knows of it.</param>
    public Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditHead> known, bool acceptsCuts, CancellationToken cancellationToken) => new AuditVerifier(_store, _sealing).LookAsync(known, acceptsCuts, cancellationToken);

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _line.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    internal AuditRows.Link LinkOf(AuditRecord record)
    {
        var dated = record with { When = record.When ?? _clock.GetUtcNow() };
        return new AuditRows.Link(
            dated.When.Value.ToUnixTimeMilliseconds(), _sealing.Key(record.Subject), record.Patient is { } patient ? _sealing.Key(patient) : null,
            Words.Of(record.Action), Words.Of(record.Outcome), _sealing.Seal(AuditBody.Write(dated)));
    }

    private async Task WriteAsync()
    {
        var group = new List<Waiting>(LargestGroup);
        // What has been done and could not be recorded yet: it goes behind what somebody waits for.
        var later = new Queue<Waiting>();
        while (await AnyAsync(later.Count > 0).ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && _line.Reader.TryRead(out var waiting)) group.Add(waiting);
            var stored = await StoreAsync(group).ConfigureAwait(false);
            if (!stored)
                foreach (var waiting in group.Where(waiting => waiting.Stays)) later.Enqueue(waiting);
            group.Clear();
            if (stored && later.Count > 0)
                await StoreAsync(later).ConfigureAwait(false);
        }
        if (later.Count > 0 && !await StoreAsync(later).ConfigureAwait(false))
            Log.TooLate(_log);
    }

    // False at the end of the line.
    private async Task<bool> AnyAsync(bool somethingWaitsLonger)
    {
        var arrival = _line.Reader.WaitToReadAsync().AsTask();
        if (!somethingWaitsLonger || arrival.IsCompleted)
            return await arrival.ConfigureAwait(false);
        using var enough = new CancellationTokenSource();
        var first = await Task.WhenAny(arrival, Task.Delay(StorageTrouble.RetryAfter, _clock, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        return first != arrival || await arrival.ConfigureAwait(false);
    }

    private async Task<bool> StoreAsync(Queue<Waiting> later)
    {
        while (later.Count > 0)
        {
            var some = later.Take(LargestGroup).ToList();
            if (!await StoreAsync(some).ConfigureAwait(false))
                return false;
            foreach (var _ in some) later.Dequeue();
        }
        return true;
    }

    private async Task<bool> StoreAsync(List<Waiting> group)
    {
        if (group.Count == 0)
            return true;
        try
        {
            var links = group.ConvertAll(waiting => waiting.Link);
            await _store.WriteAsync(
                session =>
                {
                    AuditRows.Append(session, Chain, links);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
            foreach (var waiting in group) waiting.Written.TrySetResult();
            return true;
        }
        catch (Exception e)
        {
            Log.NotWritten(_log, group.Count, e.GetType().Name);
            var refusal = e as StoreUnavailableException ?? new StoreUnavailableException("The audit log cannot be written.", StorageTrouble.RetryAfter, e);
            foreach (var waiting in group.Where(waiting => !waiting.Stays)) waiting.Written.TrySetException(refusal);
            return false;
        }
    }

    private sealed record Waiting(AuditRows.Link Link)
    {
        /// <summary>Is tried again until it is written.</summary>
        public bool Stays { get; init; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What was done last could not be recorded in the audit log before the end; the inputs themselves are on disk.")]
        public static partial void TooLate(ILogger log);

        [LoggerMessage(LogLevel.Error, "{Records} audit records could not be written ({Error}); what they tell of was refused or is recorded later.")]
        public static partial void NotWritten(ILogger log, int records, string error);
    }
}
