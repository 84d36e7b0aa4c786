using ChwFhir.Testing;

namespace ChwFhir.Benchmarks.Ccda;

internal sealed record CcdaDocument(string Name, string Path, byte[] Bytes)
{
    private static readonly string[] Folders = ["onc", "chb", "hl7", "ms"];

    /// <summary>The whole documents of the test data; without it, our own sample.</summary>
    public static IReadOnlyList<CcdaDocument> All()
    {
        var data = Environment.GetEnvironmentVariable("CHWFHIR_TESTDATA");
        var folders = string.IsNullOrEmpty(data)
            ? [Repository.Path("samples", "after-visit-summaries")]
            : Folders.Select(folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(data, "ccda", folder), Repository.Root));
        return [.. folders.SelectMany(Directory.GetFiles).Where(file => file.EndsWith("xml", StringComparison.Ordinal) || file.EndsWith("ccda", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => new CcdaDocument(System.IO.Path.GetFileNameWithoutExtension(file), file, File.ReadAllBytes(file)))];
    }
}
