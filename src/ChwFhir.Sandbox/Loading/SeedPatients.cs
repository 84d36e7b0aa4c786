using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Loading;

/// <summary>The project's own invented patients, one file each, and those who look after them.</summary>
internal static class SeedPatients
{
    /// <summary>Who is in every sandbox.</summary>
    public const string All = "Patients/";

    /// <summary>Charts in the odd states that only the strict one knows.</summary>
    public const string Strict = "Strict/";

    public static IEnumerable<JsonObject> Read(string folder)
    {
        var assembly = typeof(SeedPatients).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Json.Stored(reader.ReadToEnd());
        }
    }
}
