namespace ChwFhir.CareTeam;

/// <summary>Work that comes due: done now, then again at the next due time or when the bell rings. Survives a store that is in trouble.</summary>
internal static class Rounds
{
    // Another instance may have kept something that only the store tells of.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(
        Func<CancellationToken, Task> work, Func<CancellationToken, Task<DateTimeOffset?>> next, Func<Task> ring, TimeProvider time, Action<string> troubled, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var rung = ring();
                await work(stoppingToken);
                var rest = (await next(stoppingToken) ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
                await WaitAsync(rung, rest < Longest ? rest : Longest, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                troubled(trouble.GetType().Name);
                await Task.Delay(Longest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task WaitAsync(Task rung, TimeSpan rest, TimeProvider time, CancellationToken stoppingToken)
    {
        if (rest <= TimeSpan.Zero)
            return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(rung, Task.Delay(rest, time, enough.Token));
        await enough.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }
}
