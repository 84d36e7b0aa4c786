using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using ChwFhir.Queue;

namespace ChwFhir.Benchmarks;

/// <summary>Durable receipt of 6 kB notes by many callers, beside the disk itself: append and flush, one after the other.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class QueueBenchmarks
{
    private const int Notes = 2048;
    private static readonly byte[] TheInput = new byte[6 * 1024];

    private SomeStore _some = null!;
    private int _id;

    [Params(StorageOptions.Sqlite, StorageOptions.Postgres)]
    public string Provider { get; set; } = "";

    [GlobalSetup]
    public async Task Open() => _some = await SomeStore.OpenAsync(Provider);

    [GlobalCleanup]
    public void Close() => _some.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Notes)]
    public void Append_and_flush()
    {
        using var file = new FileStream(Path.Combine(_some.Directory, "floor"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var i = 0; i < Notes; i++)
        {
            file.Write(TheInput);
            file.Flush(flushToDisk: true);
        }
    }

    [Benchmark(OperationsPerInvoke = Notes)]
    [Arguments(1)]
    [Arguments(32)]
    [Arguments(128)]
    public Task Accept(int callers) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < Notes / callers; i++)
        {
            var id = Interlocked.Increment(ref _id);
            await _some.Store.AcceptAsync(new IncomingNote("https://ehr.example", $"n{id}", "visit-note", $"Patient/{id % 500}", $"Patient/{id % 500}", "Practitioner/1", "hash", DateTimeOffset.UnixEpoch, TheInput, []), default);
        }
    })));
}
