using System.Reflection;
using ChwFhir.Fhir;

namespace ChwFhir.Mapping;

/// <summary>The profiles that mapped resources claim, ours and US Core's, as what is held to them; made once, when somebody asks or the service starts.</summary>
public static class Promises
{
    private const string Folder = "profiles/";

    public static Lazy<FhirValidation> Shipped { get; } = new(() => new FhirValidation(ProfileSet.Load(Streams())));

    private static IEnumerable<Stream> Streams()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            yield return assembly.GetManifestResourceStream(name)!;
    }
}
