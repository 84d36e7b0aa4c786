using System.Threading.Channels;
using ChwFhir.Queue.Databases;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Queue;

/// <summary>The line of writes, and the writers who take from it: as many as the database is quick with.</summary>
internal sealed class WriteLoop : IDisposable
{
    public const int Capacity = 1024;

    private readonly Channel<WriteCommand> _waiting = Channel.CreateBounded<WriteCommand>(Capacity);
    private readonly WaitingReceipts? _receipts;
    private readonly List<Writer> _writers;

    /// <param name="lanesChanged">Called after a commit by which a lane may have become due.</param>
    public WriteLoop(Database database, TimeProvider clock, Action lanesChanged, ILogger log)
    {
        // Where one writer commits whatever waits as one group, notes need no line of their own.
        if (database.Shared) _receipts = new WaitingReceipts();
        _writers = [.. Enumerable.Range(1, database.Writing.Writers).Select(number => new Writer(number, _waiting, _receipts, database, clock, lanesChanged, log))];
    }

    /// <summary>Writes that no writer has taken up yet.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Work that may be refused when too much waits: the caller at the door can come again.</summary>
    public Task<T> TryAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var command = new WriteCommand<T>(work, cancellationToken);
        return _waiting.Writer.TryWrite(command)
            ? command.Told
            : Task.FromException<T>(Refused());
    }

    /// <summary>A note, which may be refused as any work of a caller.</summary>
    public Task<Acceptance> TakeAsync(Arriving arriving, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<Acceptance>(cancellationToken);
        var receipt = new ReceiptCommand(arriving, cancellationToken);
        _receipts?.Add(receipt);
        // Without a place in the line it is sent away, unless a writer that was at it has taken it up already.
        return _waiting.Writer.TryWrite(_receipts is null ? receipt : ReceiptsWait.One) || !receipt.Claim()
            ? receipt.Told
            : Task.FromException<Acceptance>(Refused());
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
        foreach (var writer in _writers) writer.Dispose();
    }

    private static StoreUnavailableException Refused() => new("Too many writes wait, or the store is closed.", StorageTrouble.RetryAfter);
}
