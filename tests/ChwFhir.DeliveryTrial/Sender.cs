using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.DeliveryTrial.Service;

namespace ChwFhir.DeliveryTrial;

/// <summary>
/// The phones: several at once, each with patients of its own, whose notes it sends in the order of the visits, each again and again until the service
/// says that it has it. Some hang up before the answer, some send once more what was taken.
/// </summary>
internal sealed class Sender(Instances service, int seed)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>Notes that the service has answered with 202 or 200.</summary>
    public ConcurrentDictionary<string, TrialNote> Accepted { get; } = new();

    public int Sent => sent;

    /// <summary>Answers that no phone should ever see.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    private int sent;

    /// <param name="over">The sending is spread over this time.</param>
    public Task SendAsync(IEnumerable<TrialNote> notes, int phones, TimeSpan over, CancellationToken cancellationToken)
    {
        var patients = notes.GroupBy(note => note.Patient).Select(group => new Queue<TrialNote>(group.OrderBy(note => note.Visit))).ToList();
        return Task.WhenAll(Enumerable.Range(0, phones).Select(phone => SendAsync([.. patients.Where((_, at) => at % phones == phone)], new Random(seed + phone), over, cancellationToken)));
    }

    private async Task SendAsync(List<Queue<TrialNote>> mine, Random random, TimeSpan over, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var interval = over / Math.Max(1, mine.Sum(patient => patient.Count));
        for (var turn = 0; mine.Count > 0; turn++)
        {
            if (interval * turn - clock.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, cancellationToken);
            var patient = mine[random.Next(mine.Count)];
            await SendAsync(patient.Dequeue(), random, cancellationToken);
            mine.RemoveAll(each => each.Count == 0);
        }
    }

    private async Task SendAsync(TrialNote note, Random random, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref sent);
        if (random.NextDouble() < .05)
            await HangUpAsync(note, random, cancellationToken);
        while (!await IsTakenAsync(note, cancellationToken))
            await Task.Delay(Breath, cancellationToken);
        if (random.NextDouble() < .05)
            await IsTakenAsync(note, cancellationToken);
    }

    private async Task HangUpAsync(TrialNote note, Random random, CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        gone.CancelAfter(random.Next(1, 15));
        await service.PostAsync(note.Json, gone.Token);
    }

    private async Task<bool> IsTakenAsync(TrialNote note, CancellationToken cancellationToken)
    {
        var status = await service.PostAsync(note.Json, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (status is HttpStatusCode.Accepted or HttpStatusCode.OK)
            return Accepted.TryAdd(note.Id, note) || true;
        if (status is not (null or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
            Surprises.Enqueue($"{note.Id}: the door answered {(int)status}");
        return false;
    }
}
