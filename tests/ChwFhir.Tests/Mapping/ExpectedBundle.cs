using ChwFhir.Fhir;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>The expected output of the mapping for a sample: <c>fhir-profiles/examples/NAME.bundle.json</c>.</summary>
internal static class ExpectedBundle
{
    /// <summary>Set to rewrite the expected Bundles; the differences are then read in the commit.</summary>
    private const string Rewrite = "CHWFHIR_REWRITE_EXAMPLES";

    internal static void Compare(string name, MappedNote mapped)
    {
        var bundle = FhirJson.ToJson(mapped.ToTransaction(), pretty: true) + "\n";

        var file = Repository.Path("fhir-profiles", "examples", $"{name}.bundle.json");
        if (Environment.GetEnvironmentVariable(Rewrite) is not null)
            File.WriteAllText(file, bundle);

        Assert.That(bundle, Is.EqualTo(File.ReadAllText(file)), $"The mapping changed. If it should have: run the tests with {Rewrite}=1, then `dotnet run --project tools/ChwFhir.Profiles`, and read the differences.");
    }
}
