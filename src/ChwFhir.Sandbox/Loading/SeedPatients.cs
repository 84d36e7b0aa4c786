using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Loading;

/// <summary>The project's own invented patients, one file each, and those who look after them.</summary>
internal static class SeedPatients
{
    private const string Folder = "Patients/";

    public static IEnumerable<JsonObject> Read()
    {
        var assembly = typeof(SeedPatients).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Json.Stored(reader.ReadToEnd());
        }
    }
}
