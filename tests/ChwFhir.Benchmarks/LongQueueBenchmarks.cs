using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using ChwFhir.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChwFhir.Benchmarks;

/// <summary>Claiming a patient and recording one write, with few and with many notes in the store.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class LongQueueBenchmarks
{
    private const int Rounds = 200;
    private const string TheEhr = "https://ehr.example";

    private string _directory = "";
    private NoteStore _store = null!;

    [Params(1_000, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public async Task Fill()
    {
        _directory = Directory.CreateTempSubdirectory("chwfhir-benchmark-").FullName;
        _store = await NoteStore.OpenAsync(new StorageOptions { Directory = _directory }, TimeProvider.System, NullLoggerFactory.Instance, default);
        var input = new byte[100];
        foreach (var chunk in Enumerable.Range(0, Waiting + 2000).Chunk(500)) await Task.WhenAll(chunk.Select(i => _store.AcceptAsync(
            new IncomingNote(TheEhr, $"n{i}", "visit-note", $"Patient/{i}", $"Patient/{i}", null, "hash", DateTimeOffset.UnixEpoch, input, []), default)));
    }

    [GlobalCleanup]
    public void Close()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
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
