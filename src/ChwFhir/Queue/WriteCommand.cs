namespace ChwFhir.Queue;

/// <summary>One caller's write on its way through the group commit.</summary>
internal abstract class WriteCommand
{
    /// <summary>Does the write inside the group's transaction; what it gives is told after the commit.</summary>
    public abstract void Run(Session session);

    /// <summary>Tells the caller, once the group is on disk.</summary>
    public abstract void Tell();

    /// <summary>Tells the caller that nothing of it was kept.</summary>
    public abstract void Fail(Exception error);
}

internal sealed class WriteCommand<T>(Func<Session, T> work, CancellationToken cancellationToken) : WriteCommand
{
    // Continuations run elsewhere: the writer's thread never waits for a caller.
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _error;

    public Task<T> Told => _told.Task;

    public override void Run(Session session)
    {
        // The last moment at which a caller may leave; from here on the write is kept and told.
        if (cancellationToken.IsCancellationRequested)
        {
            _error = new OperationCanceledException(cancellationToken);
            return;
        }

        session.Execute("SAVEPOINT command");
        try
        {
            _result = work(session);
            session.Execute("RELEASE command");
        }
        catch (Exception e) when (!StorageTrouble.Is(e))
        {
            // A command that cannot be done takes back its own part and does not sink the others.
            session.Execute("ROLLBACK TO command");
            session.Execute("RELEASE command");
            _error = e;
        }
    }

    public override void Tell()
    {
        if (_error is OperationCanceledException) _told.TrySetCanceled(cancellationToken);
        else if (_error is not null) _told.TrySetException(_error);
        else _told.TrySetResult(_result);
    }

    public override void Fail(Exception error) => _told.TrySetException(error);
}
