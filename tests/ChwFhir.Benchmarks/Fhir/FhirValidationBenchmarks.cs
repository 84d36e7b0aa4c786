using BenchmarkDotNet.Attributes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Benchmarks.Fhir;

/// <summary>Looking at a visit's Bundle by the specification and by the profiles that its resources claim. Goal: at most 3 times as long as reading it.</summary>
[MemoryDiagnoser]
public class FhirValidationBenchmarks
{
    private FhirValidation _validation = null!;
    private FhirValidation _specification = null!;
    private Bundle _bundle = null!;
    private byte[] _json = null!;

    [GlobalSetup]
    public void Make()
    {
        var profiles = Path.Combine(Root(), "fhir-profiles");
        _validation = new FhirValidation(ProfileSet.Load(Path.Combine(profiles, "us-core-7"), profiles));
        _specification = new FhirValidation(ProfileSet.None);
        _bundle = VisitBundle.Make();
        _json = FhirJson.ToBytes(_bundle);
        if (Validate().Errors.FirstOrDefault() is { } error)
            throw new InvalidOperationException($"the Bundle is not valid: {error}");
    }

    [Benchmark(Baseline = true)]
    public Bundle Read() => FhirJson.Read<Bundle>(_json).Resource!;

    [Benchmark]
    public ValidationResult Validate() => _validation.Validate(_bundle);

    [Benchmark]
    public ValidationResult ValidateWithoutProfiles() => _specification.Validate(_bundle);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ChwFhir.sln")))
            folder = folder.Parent!;

        return folder.FullName;
    }
}
