using System.Collections.Concurrent;
using ChwFhir.Queue.Databases;

namespace ChwFhir.Queue;

/// <summary>A few reading connections: each read sees one committed moment and never waits for a writer.</summary>
internal sealed class ReadPool(Database database, TimeProvider clock) : IDisposable
{
    private const int Readers = 4;

    private readonly SemaphoreSlim _free = new(Readers);
    private readonly ConcurrentBag<Session> _idle = [];

    public async Task<T> RunAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Read(read);
        }
        catch (Exception e) when (StorageTrouble.Is(e))
        {
            throw StorageTrouble.From(e);
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

    private T Read<T>(Func<Session, T> read)
    {
        // Connections that lay idle may have broken meanwhile, with their database restarted: that is no reason to send a reader away.
        if (_idle.TryTake(out var idle))
        {
            try
            {
                return Read(idle, read);
            }
            catch (Exception e) when (StorageTrouble.Is(e))
            {
                while (_idle.TryTake(out var other)) other.Dispose();
            }
        }
        return Read(Session.Open(database, clock, readOnly: true), read);
    }

    private T Read<T>(Session session, Func<Session, T> read)
    {
        try
        {
            session.Begin();
            var result = read(session);
            session.Commit();
            _idle.Add(session);
            return result;
        }
        catch
        {
            // Whatever went wrong inside, the next reader starts on a clean connection.
            session.Dispose();
            throw;
        }
    }
}
