namespace ChwFhir.CareTeam;

/// <summary>Rings when a message was kept or changed in this process, so that nobody waits for a clock to be told.</summary>
internal sealed class MessageBell
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>The next ring. Taken before looking, so that a ring in between is not missed.</summary>
    public Task Changed() => _next.Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
