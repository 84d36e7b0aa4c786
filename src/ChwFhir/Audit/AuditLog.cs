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
    private readonly AuditSealing _sealing = new();
    private readonly ILogger<AuditLog> _log;
    private readonly Channel<Waiting> _line = Channel.CreateBounded<Waiting>(Capacity);
    private readonly Task _writing;

    public AuditLog(NoteStore store, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditLog> log)
    {
        (_store, _clock, _log) = (store, clock, log);
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

    public Task<AuditPage> ListAsync(AuditFilter filter, CancellationToken cancellationToken) => _store.ReadAsync(
        session =>
        {
            var found = AuditRows.List(session, filter, _sealing);
            var items = found.Take(filter.Limit).Select(row => new AuditEntry(row.Chain, row.Number, AuditBody.Read(_sealing.Open(row.Body)), row.Hash)).ToList();
            return new AuditPage(items, found.Count > filter.Limit ? found[filter.Limit - 1].Id : null);
        },
        cancellationToken);

    /// <summary>The records of a chain in their order, from behind a number.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string chain, long after, int limit, CancellationToken cancellationToken) => _store.ReadAsync<IReadOnlyList<AuditEntry>>(
        session => [.. AuditRows.After(session, chain, after, limit).Select(row => new AuditEntry(chain, row.Number, AuditBody.Read(_sealing.Open(row.Body)), Convert.ToHexStringLower(row.Hash)))],
        cancellationToken);

    /// <summary>The last record of each chain.</summary>
    public Task<IReadOnlyList<AuditHead>> HeadsAsync(CancellationToken cancellationToken) => _store.ReadAsync(AuditRows.Heads, cancellationToken);

    /// <summary>Looks at every link of every chain.</summary>
    /// <param name="known">Heads that were written down before: they must still be in their chains.</param>
    public Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditHead> known, CancellationToken cancellationToken) => new AuditVerifier(_store, _sealing).LookAsync(known, cancellationToken);

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
        while (await _line.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && _line.Reader.TryRead(out var waiting)) group.Add(waiting);
            await WriteAsync(group).ConfigureAwait(false);
            group.Clear();
        }
    }

    private async Task WriteAsync(List<Waiting> group)
    {
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
        }
        catch (Exception e)
        {
            Log.NotWritten(_log, group.Count, e.GetType().Name);
            var refusal = e as StoreUnavailableException ?? new StoreUnavailableException("The audit log cannot be written.", StorageTrouble.RetryAfter, e);
            foreach (var waiting in group) waiting.Written.TrySetException(refusal);
        }
    }

    private sealed record Waiting(AuditRows.Link Link)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Records} audit records could not be written ({Error}); what they tell of was refused or is recorded later.")]
        public static partial void NotWritten(ILogger log, int records, string error);
    }
}
