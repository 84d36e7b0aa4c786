using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Benchmarks.Fhir;

/// <summary>
/// Reading and writing a visit's Bundle against code written by hand for exactly that Bundle. Goals: writing at most 1.3 times, reading at most 1.5 times.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class FhirJsonBenchmarks
{
    private readonly ArrayBufferWriter<byte> _buffer = new(32 * 1024);
    private Bundle _bundle = null!;
    private byte[] _json = null!;

    [GlobalSetup]
    public void Make()
    {
        _bundle = VisitBundle.Make();
        _json = FhirJson.ToBytes(_bundle);

        WriteByHand();
        if (!_buffer.WrittenSpan.SequenceEqual(_json))
            throw new InvalidOperationException("the two writers do not write the same");
        if (ReadByHand() != _bundle.Entry.Count || !FhirJson.JsonEquals(Read(), _bundle))
            throw new InvalidOperationException("the two readers do not read the same");
    }

    [BenchmarkCategory("write"), Benchmark(Baseline = true)]
    public int WriteByHand()
    {
        _buffer.ResetWrittenCount();
        using var to = new Utf8JsonWriter(_buffer, VisitBundleByHand.Options);
        VisitBundleByHand.Write(to, _bundle);
        to.Flush();

        return _buffer.WrittenCount;
    }

    [BenchmarkCategory("write"), Benchmark]
    public int Write()
    {
        _buffer.ResetWrittenCount();
        FhirJson.Write(_buffer, _bundle);

        return _buffer.WrittenCount;
    }

    [BenchmarkCategory("read"), Benchmark(Baseline = true)]
    public int ReadByHand() => VisitBundleByHand.Read(_json).Entry!.Count;

    [BenchmarkCategory("read"), Benchmark]
    public Bundle Read() => FhirJson.Read<Bundle>(_json).Resource!;

    [BenchmarkCategory("copy"), Benchmark]
    public object DeepCopy() => _bundle.DeepCopy();
}
