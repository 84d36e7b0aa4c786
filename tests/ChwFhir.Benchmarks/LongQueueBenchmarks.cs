using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using ChwFhir.Queue;

namespace ChwFhir.Benchmarks;

/// <summary>Receiving a note, and claiming a patient and recording one write, with few and with many notes in the store.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class LongQueueBenchmarks
{
    private const int Rounds = 200;
    private const string TheEhr = "https://ehr.example";

    private SomeStore _some = null!;
    private NoteStore _store = null!;
    private int _id;

    [Params(StorageOptions.Sqlite, StorageOptions.Postgres)]
    public string Provider { get; set; } = "";

    [Params(1_000, 1_000_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public async Task Fill()
    {
        _some = await SomeStore.OpenAsync(Provider);
        _store = _some.Store;
        var input = new byte[100];
        foreach (var chunk in Enumerable.Range(0, Waiting + 2000).Chunk(500)) await Task.WhenAll(chunk.Select(i => _store.AcceptAsync(
            new IncomingNote(TheEhr, $"n{i}", "visit-note", $"Patient/{i}", $"Patient/{i}", null, "hash", DateTimeOffset.UnixEpoch, input, []), default)));
    }

    [GlobalCleanup]
    public void Close() => _some.Dispose();

    [Benchmark(OperationsPerInvoke = Rounds)]
    public async Task Accept()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var id = Interlocked.Increment(ref _id);
            await _store.AcceptAsync(new IncomingNote(TheEhr, $"new{id}", "visit-note", $"Patient/{id}", $"Patient/{id}", null, "hash", DateTimeOffset.UnixEpoch, new byte[100], []), default);
        }
    }

    [Benchmark(OperationsPerInvoke = Rounds)]
    public async Task Claim_intend_record_finish_release()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var claim = await _store.ClaimAsync(TheEhr, "w", TimeSpan.FromMinutes(1), default) ?? throw new InvalidOperationException("Nothing waits.");
            var number = claim.Numbers[0];
            var intent = await _store.IntendAsync(claim, new Intent(number, ["encounter"], "POST", "create", 1), default);
            await _store.RecordAsync(claim, intent, new IntentOutcome(OutcomeWord.Done, 201, null, TimeSpan.Zero), [new ResourceRow("encounter", "Encounter", ResourceState.Written, "Encounter/1", "1", "created", null)], [], default);
            await _store.FinishAsync(claim, number, NoteState.Written, null, true, [], default);
            await _store.ReleaseAsync(claim, default);
        }
    }
}
