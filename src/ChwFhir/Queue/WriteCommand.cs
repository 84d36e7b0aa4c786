namespace ChwFhir.Queue;

/// <summary>One caller's write. It may be run again until it is told how it ended.</summary>
internal abstract class WriteCommand
{
    /// <summary>Does the write in a transaction of its own.</summary>
    /// <returns>False when it cannot be done: what it did so far is to be taken back.</returns>
    public abstract bool Run(Session session);

    /// <summary>Does the write inside a group's transaction; one that cannot be done takes back its own part and does not sink the others.</summary>
    public abstract void RunAmongOthers(Session session);

    /// <summary>Tells the caller how it ended, once it is on disk.</summary>
    public abstract void Tell();

    /// <summary>Tells the caller that the store could not take it.</summary>
    public abstract void Fail(Exception error);
}

internal class WriteCommand<T>(Func<Session, T> work, CancellationToken cancellationToken) : WriteCommand
{
    // Continuations run elsewhere: a writer's thread never waits for a caller.
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _error;

    public Task<T> Told => _told.Task;

    public override bool Run(Session session)
    {
        if (!IsWanted()) return false;
        try
        {
            _result = work(session);
            session.Check();
            return true;
        }
        catch (Exception e) when (!StorageTrouble.Is(e) && !session.Database.IsRace(e))
        {
            _error = e;
            return false;
        }
    }

    /// <summary>The last moment at which a caller may leave; from here on the write is kept and told.</summary>
    public bool IsWanted()
    {
        _error = cancellationToken.IsCancellationRequested ? new OperationCanceledException(cancellationToken) : null;
        return _error is null;
    }

    /// <summary>It was done, together with others.</summary>
    public void Done(T result) => _result = result;

    public override void RunAmongOthers(Session session)
    {
        session.Do("SAVEPOINT command");
        if (!Run(session)) session.RollbackTo("command");
        session.Do("RELEASE command");
    }

    public override void Tell()
    {
        if (_error is OperationCanceledException) _told.TrySetCanceled(cancellationToken);
        else if (_error is not null) _told.TrySetException(_error);
        else _told.TrySetResult(_result);
    }

    public override void Fail(Exception error) => _told.TrySetException(error);
}
