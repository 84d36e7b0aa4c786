using System.Collections.Concurrent;

namespace ChwFhir.Access;

/// <summary>
/// What the EHR said, by a key: asked anew when it is old, by one for all who wait; while the EHR is silent the last word counts for a bounded time.
/// </summary>
internal sealed class Remembered<T>(TimeSpan fresh, TimeSpan kept, TimeProvider time) where T : class
{
    // Whoever has an answer already is not kept waiting for a newer one.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, (T Value, DateTimeOffset At)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<T?>>> asking = new(StringComparer.Ordinal);

    /// <param name="ask">Null when the EHR does not answer. It is not ended when one of those who wait leaves.</param>
    /// <returns>Null when nobody can tell.</returns>
    public async Task<T?> GetAsync(string key, Func<Task<T?>> ask, CancellationToken cancellationToken)
    {
        var have = known.TryGetValue(key, out var before) && time.GetUtcNow() - before.At < kept ? before.Value : null;
        if (have is not null && time.GetUtcNow() - before.At < fresh)
            return have;

        var answer = asking.GetOrAdd(key, _ => new Lazy<Task<T?>>(() => AskAsync(key, ask))).Value;
        if (have is null)
            return await answer.WaitAsync(cancellationToken);
        await Task.WhenAny(answer, Task.Delay(LongestWait, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return answer.IsCompletedSuccessfully && await answer is { } now ? now : have;
    }

    private async Task<T?> AskAsync(string key, Func<Task<T?>> ask)
    {
        await Task.Yield();
        try
        {
            var answer = await ask();
            if (answer is not null)
            {
                if (known.Count >= Most)
                    Forget();
                known[key] = (answer, time.GetUtcNow());
            }
            return answer;
        }
        finally
        {
            asking.TryRemove(key, out _);
        }
    }

    private void Forget()
    {
        var oldest = known.OrderBy(entry => entry.Value.At).Take(Most / 2).Select(entry => entry.Key).ToList();
        foreach (var key in oldest)
            known.TryRemove(key, out _);
    }
}
