using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>Profiles and terminology to validate against: StructureDefinitions with snapshots, ValueSets and CodeSystems, one a file, or several in an array or a Bundle.</summary>
public sealed class ProfileSet
{
    /// <summary>No profiles: the specification alone.</summary>
    public static readonly ProfileSet None = new([]);

    private ProfileSet(IReadOnlyList<Resource> resources) => Resources = resources;

    internal IReadOnlyList<Resource> Resources { get; }

    /// <summary>Every <c>*.json</c> of the folders, not of folders within; files of other resources are passed over.</summary>
    public static ProfileSet Load(params IEnumerable<string> folders)
    {
        var streams = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)).Select(File.OpenRead);

        return Load(streams);
    }

    /// <summary>Reads the streams to their ends and closes them.</summary>
    public static ProfileSet Load(IEnumerable<Stream> streams)
    {
        var resources = new List<Resource>();
        foreach (var stream in streams)
        {
            using (stream)
            {
                using var json = JsonDocument.Parse(stream);
                Add(json.RootElement, resources);
            }
        }

        return new ProfileSet(resources);
    }

    private static void Add(JsonElement json, List<Resource> to)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
                Add(item, to);
            return;
        }

        var type = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("resourceType", out var name) ? name.GetString() : null;
        if (type == "Bundle" && json.TryGetProperty("entry", out var entries))
        {
            foreach (var entry in entries.EnumerateArray())
            {
                if (entry.TryGetProperty("resource", out var resource))
                    Add(resource, to);
            }
        }
        else if (type is "StructureDefinition" or "ValueSet" or "CodeSystem")
        {
            to.Add(FhirJson.Parse<Resource>(json.GetRawText()));
        }
    }
}
