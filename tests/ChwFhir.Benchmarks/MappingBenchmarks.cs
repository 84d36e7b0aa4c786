using System.Buffers;
using BenchmarkDotNet.Attributes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Benchmarks;

/// <summary>The full sample note (every section, 25 resources). Goal: mapping takes at most 1.5 × the time that writing its Bundle takes.</summary>
[MemoryDiagnoser]
public class MappingBenchmarks
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256 * 1024);
    private readonly MappingOptions _options = new();
    private VisitNoteReading.Read _read = null!;
    private ResolvedNote _resolved = null!;
    private Bundle _bundle = null!;
    private byte[] _json = [];

    [GlobalSetup]
    public void Read()
    {
        _read = (VisitNoteReading.Read)VisitNoteReader.Read(File.ReadAllBytes(Sample("full.json")), new IntakeOptions());
        _resolved = new ResolvedNote { Patient = "Patient/rosa-m", Author = "Practitioner/chw-1", BirthDate = "1963-04-02", CareTeam = "CareTeam/rosa-m-team" };
        _bundle = Map().ToTransaction();
        _json = FhirJson.ToBytes(_bundle);
    }

    [Benchmark(Baseline = true)]
    public int WriteBundle()
    {
        _buffer.ResetWrittenCount();
        FhirJson.Write(_buffer, _bundle);

        return _buffer.WrittenCount;
    }

    [Benchmark]
    public MappedNote Map() => NoteMapper.Map(_read.Note, _read.ContentHash, _resolved, _options);

    [Benchmark]
    public int MapAndWrite()
    {
        _buffer.ResetWrittenCount();
        FhirJson.Write(_buffer, Map().ToTransaction());

        return _buffer.WrittenCount;
    }

    [Benchmark]
    public Bundle ParseBundle() => FhirJson.Parse<Bundle>(_json);

    private static string Sample(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "samples", "visit-notes", name);
            if (File.Exists(file))
                return file;
        }

        throw new FileNotFoundException(name);
    }
}
