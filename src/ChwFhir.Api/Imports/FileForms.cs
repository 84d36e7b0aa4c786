namespace ChwFhir.Api.Imports;

/// <summary>What a file is, by its name.</summary>
internal static class FileForms
{
    public const string Ndjson = "application/x-ndjson";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".ndjson"] = Ndjson, [".jsonl"] = Ndjson,
        [".json"] = "application/json",
        [".xml"] = "application/cda+xml", [".cda"] = "application/cda+xml", [".ccda"] = "application/cda+xml", [".ccd"] = "application/cda+xml",
        [".hl7"] = "x-application/hl7-v2+er7", [".er7"] = "x-application/hl7-v2+er7", [".v2"] = "x-application/hl7-v2+er7",
        [".txt"] = "text/plain", [".md"] = "text/markdown", [".html"] = "text/html", [".htm"] = "text/html",
    };

    public static IEnumerable<string> Extensions => ByExtension.Keys;

    /// <summary>Null for what is no form that is taken.</summary>
    public static string? ContentTypeOf(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path));
}
