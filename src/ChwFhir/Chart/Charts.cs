using System.Collections.Concurrent;
using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using Microsoft.Extensions.Options;

namespace ChwFhir.Chart;

/// <summary>
/// Charts that are being read, remembered for a minute by reader and patient, so that a page, its late parts and the next page ask the EHR once. Bounded; what is old goes first.
/// </summary>
public sealed class Charts(Sensitivity sensitivity, IOptions<EhrOptions> options, TimeProvider time)
{
    /// <summary>How old what is shown may be.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // Entity tags outlive what they came with: whether they still hold, the EHR says.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private const int MostCharts = 200;
    private const int MostResources = 20_000;
    private readonly ConcurrentDictionary<(string Reader, string Patient), Entry> open = new();

    /// <param name="patient"><c>Patient/x</c>, whom this reader may see: that was asked before.</param>
    public ChartReading Open(ChartEyes eyes, string patient)
    {
        var now = time.GetUtcNow();
        var key = (eyes.Key, patient);
        var entry = open.AddOrUpdate(key, _ => New(eyes, patient, null, now), (_, before) => now - before.At < Fresh ? before : New(eyes, patient, before, now));
        if (open.Count > MostCharts || open.Sum(one => one.Value.Reading.Weight) > MostResources)
            Forget(now, key);
        return entry.Reading;
    }

    /// <summary>A session is over: nothing of what was read in it stays.</summary>
    /// <param name="session">What stands in the keys of its <see cref="ChartEyes"/>.</param>
    public void Forget(string session)
    {
        foreach (var key in open.Keys.Where(key => key.Reader.Contains(session, StringComparison.Ordinal)))
            open.TryRemove(key, out _);
    }

    private Entry New(ChartEyes eyes, string patient, Entry? before, DateTimeOffset now)
    {
        var answers = before is not null && now - before.At < Kept ? before.Answers : new RememberedAnswers();
        var client = new FhirClient(new HttpClient(answers.Over(eyes.Handler), disposeHandler: false), new FhirClientOptions
        {
            BaseUrl = eyes.BaseUrl,
            Time = time,
            RequestTimeout = options.Value.RequestTimeout,
            LargestAnswer = 8 * 1024 * 1024,
            // Somebody waits before the screen: one second try, soon. All first questions go out at once.
            Repeats = 1,
            FirstWait = TimeSpan.FromMilliseconds(150),
            LongestWait = TimeSpan.FromSeconds(1),
            Concurrency = 32,
            SearchByPost = options.Value.SearchByPost,
            FailuresBeforeRest = 100,
        });
        // Who asked may leave; what was asked is still wanted by the parts that come late, but not for ever.
        var enough = new CancellationTokenSource(options.Value.RequestTimeout.Value * 6, time);
        return new Entry(new ChartReading(eyes, patient, client, sensitivity, enough.Token), answers, now);
    }

    private void Forget(DateTimeOffset now, (string Reader, string Patient) but)
    {
        foreach (var (key, entry) in open)
        {
            if (now - entry.At > Kept && key != but)
                open.TryRemove(key, out _);
        }
        foreach (var (key, _) in open.OrderBy(one => one.Value.At).Take(open.Count / 2).ToList())
        {
            if (key != but)
                open.TryRemove(key, out _);
        }
    }

    private sealed record Entry(ChartReading Reading, RememberedAnswers Answers, DateTimeOffset At);
}
