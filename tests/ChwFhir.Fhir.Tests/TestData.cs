using NUnit.Framework;

namespace ChwFhir.Fhir.Tests;

/// <summary>Resources that others wrote, found by CHWFHIR_TESTDATA; they are never copied into the project.</summary>
internal static class TestData
{
    public static string Root()
    {
        var root = Environment.GetEnvironmentVariable("CHWFHIR_TESTDATA");
        if (string.IsNullOrEmpty(root))
            Assert.Ignore("left out: CHWFHIR_TESTDATA is not set");

        return root!;
    }

    /// <summary>Every JSON resource, whole files and lines of NDJSON alike, with the place it comes from.</summary>
    public static IEnumerable<(string Where, byte[] Json)> Resources()
    {
        var root = Root();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var where = Path.GetRelativePath(root, file);
            if (where.StartsWith("malformed", StringComparison.Ordinal))
                continue;
            if (file.EndsWith(".ndjson", StringComparison.Ordinal))
            {
                foreach (var (line, number) in File.ReadLines(file).Select((line, index) => (line, index + 1)).Where(one => one.line.Length > 0))
                    yield return ($"{where}:{number}", System.Text.Encoding.UTF8.GetBytes(line));
            }
            else if (file.EndsWith(".json", StringComparison.Ordinal))
            {
                yield return (where, File.ReadAllBytes(file));
            }
        }
    }
}
