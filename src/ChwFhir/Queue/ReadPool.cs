using System.Collections.Concurrent;

namespace ChwFhir.Queue;

/// <summary>A few reading connections: each read sees one committed moment and never waits for the writer.</summary>
internal sealed class ReadPool(Func<Session> open) : IDisposable
{
    private const int Readers = 4;

    private readonly SemaphoreSlim _free = new(Readers);
    private readonly ConcurrentBag<Session> _idle = [];

    public async Task<T> RunAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        Session? session = null;
        try
        {
            if (!_idle.TryTake(out session)) session = open();
            session.Execute("BEGIN");
            var result = read(session);
            session.Execute("COMMIT");
            _idle.Add(session);
            return result;
        }
        catch (Exception e)
        {
            // Whatever went wrong inside, the next reader starts on a clean connection.
            session?.Dispose();
            if (StorageTrouble.Is(e)) throw StorageTrouble.From(e);
            throw;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        foreach (var session in _idle) session.Dispose();
        _free.Dispose();
    }
}
