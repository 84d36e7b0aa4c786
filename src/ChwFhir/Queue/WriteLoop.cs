using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>
/// The one writer. Whatever waits when it is free becomes one transaction, so that many callers share one flush to disk;
/// several connections would starve each other instead.
/// </summary>
internal sealed partial class WriteLoop : IDisposable
{
    public const int Capacity = 1024;
    private const int LargestGroup = 256;

    private readonly Channel<WriteCommand> _waiting = Channel.CreateBounded<WriteCommand>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Func<Session> _open;
    private readonly Action _lanesChanged;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private Session? _session;

    /// <param name="open">Opens a writing session: at the start, and again after a storage error.</param>
    public WriteLoop(Func<Session> open, Action lanesChanged, ILogger log)
    {
        (_open, _lanesChanged, _log) = (open, lanesChanged, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "ChwFhir store" };
        _thread.Start();
    }

    /// <summary>Work that may be refused when too much waits: the caller at the door can come again.</summary>
    public Task<T> TryAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var command = new WriteCommand<T>(work, cancellationToken);
        return _waiting.Writer.TryWrite(command)
            ? command.Told
            : Task.FromException<T>(new StoreUnavailableException("Too many writes wait, or the store is closed.", StorageTrouble.RetryAfter));
    }

    /// <summary>Work of our own, which waits its turn.</summary>
    public async Task<T> RunAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        var command = new WriteCommand<T>(work, cancellationToken);
        try
        {
            await _waiting.Writer.WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closed.", StorageTrouble.RetryAfter, e);
        }
        return await command.Told.ConfigureAwait(false);
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _thread.Join();
        _session?.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteCommand>(LargestGroup);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var command)) group.Add(command);
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<WriteCommand> group)
    {
        try
        {
            _session ??= _open();
            _session.LanesChanged = false;
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var command in group) command.Run(_session);
            _session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            // Closing rolls back whatever SQLite has not rolled back itself; the next group starts on a fresh connection.
            Log.GroupFailed(_log, group.Count, e.GetType().Name, (e as Microsoft.Data.Sqlite.SqliteException)?.SqliteErrorCode);
            Close();
            foreach (var command in group) command.Fail(StorageTrouble.From(e));
            return;
        }

        foreach (var command in group) command.Tell();
        if (_session.LanesChanged) _lanesChanged();
    }

    // A connection that cannot even be closed must not take the only writer with it: its callers would wait for ever.
    private void Close()
    {
        var broken = _session;
        _session = null;
        try
        {
            broken?.Dispose();
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            Log.NotClosed(_log, e.SqliteErrorCode);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A connection to the store could not be closed (SQLite code {Code}); the next commit opens another.")]
        public static partial void NotClosed(ILogger log, int code);

        [LoggerMessage(LogLevel.Error, "A commit of {Commands} writes failed ({Error}, SQLite code {Code}); their callers were told to come again.")]
        public static partial void GroupFailed(ILogger log, int commands, string error, int? code);
    }
}
