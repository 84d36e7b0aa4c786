using System.Diagnostics;
using System.Text.Json;
using ChwFhir.Testing;

namespace ChwFhir.Benchmarks.Ccda;

/// <summary>Medplum's converter (tests/ccda-peer, <c>npm ci</c> first) over a list of documents.</summary>
/// <param name="Found">In the order of the documents; null where it refused one.</param>
/// <param name="Rate">Documents a second, XML text to FHIR Bundle, warm, one thread.</param>
internal sealed record CcdaPeer(IReadOnlyList<CcdaFound?> Found, double Rate)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<CcdaPeer> MeasureAsync(IReadOnlyList<CcdaDocument> documents)
    {
        var folder = Repository.Path("tests", "ccda-peer");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("Run `npm ci` in tests/ccda-peer first.");

        var list = Path.GetTempFileName();
        await File.WriteAllTextAsync(list, JsonSerializer.Serialize(new { seconds = 2, documents = documents.Select(document => document.Path) }));
        using var node = Process.Start(new ProcessStartInfo("node", ["measure.mjs", list]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(list);
        return JsonSerializer.Deserialize<CcdaPeer>(answer, Json) ?? throw new InvalidOperationException("The peer gave no answer.");
    }
}
