namespace ChwFhir.Queue;

/// <summary>Rings for everybody who waits when a lane may have become due.</summary>
internal sealed class WorkBell
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>The next ring. Taken before looking whether there is work, so that a ring in between is not missed.</summary>
    public Task Next => _next.Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
