using System.Diagnostics;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Benchmarks;

/// <summary>Notes of 6 kB with a message each, made durable by 1, 32 and 128 callers at once: the store alone, on the providers that are named.</summary>
internal static class ReceiptLoad
{
    private const int Patients = 500;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly byte[] TheInput = new byte[6 * 1024];

    public static async Task RunAsync(IReadOnlyList<string> providers)
    {
        foreach (var provider in providers.Count > 0 ? providers : [StorageOptions.Sqlite, StorageOptions.Postgres])
        {
            using var some = await SomeStore.OpenAsync(provider);
            var number = 0;
            await LoadAsync(some.Store, 32, () => Interlocked.Increment(ref number));
            foreach (var callers in new[] { 1, 32, 128 })
            {
                List<double> rates = [];
                for (var round = 0; round < 3; round++)
                    rates.Add(await LoadAsync(some.Store, callers, () => Interlocked.Increment(ref number)));
                Console.WriteLine($"{provider}, {callers} callers: {rates.Order().ElementAt(1):0} notes/s ({string.Join(", ", rates.Select(rate => $"{rate:0}"))})");
            }
        }
    }

    private static async Task<double> LoadAsync(NoteStore store, int callers, Func<int> next)
    {
        var clock = Stopwatch.StartNew();
        var kept = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = 0;
            for (; clock.Elapsed < Round; mine++)
                await store.AcceptAsync(Note(next()), CancellationToken.None);
            return mine;
        })));
        return kept.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static IncomingNote Note(int number) => new(
        "https://ehr.example", $"n{number}", "visit-note", $"Patient/{number % Patients}", $"Patient/{number % Patients}", "Practitioner/1", "hash", DateTimeOffset.UnixEpoch, TheInput,
        [new NoteIssue("information", "not-yet-checked", null, "the EHR did not answer in time")])
    {
        Messages = [new IncomingMessage("message/m1", "note", "hash", "Practitioner/1", "chw", "urgent", false, false, ["care-team"], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, TheInput.AsMemory(0, 300), [])],
    };
}
