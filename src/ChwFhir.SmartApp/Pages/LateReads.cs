using System.Collections.Concurrent;
using ChwFhir.SmartApp.Patients;
using Microsoft.Extensions.Hosting;

namespace ChwFhir.SmartApp.Pages;

/// <summary>What pages began to read and may have been shown without: it goes on, and whoever asks for the part again is given the same for a short while. Of one session, of one patient.</summary>
internal sealed class LateReads(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int Most = 2_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Session, string Patient, string Part), (Task Read, DateTimeOffset Until)> begun = new();

    /// <param name="read">Is not ended when the page is gone, but when it takes too long.</param>
    /// <param name="again">The page itself, not a part of it: what was read before is not shown once more.</param>
    public Task<T> Of<T>(PatientHere here, string part, bool again, Func<CancellationToken, Task<T>> read)
    {
        var key = (here.Session.Id, here.Id, part);
        if (begun.TryGetValue(key, out var one) && one.Until > clock.GetUtcNow() && one.Read is Task<T> { IsFaulted: false, IsCanceled: false } going && (!again || !going.IsCompleted))
            return going;
        if (begun.Count >= Most)
            Forget();
        var started = RunAsync(read);
        begun[key] = (started, clock.GetUtcNow() + Kept);
        return started;
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        enough.CancelAfter(Longest);
        return await read(enough.Token);
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, one) in begun)
        {
            if (one.Until <= now)
                begun.TryRemove(key, out _);
        }
        if (begun.Count >= Most)
            begun.Clear();
    }
}
