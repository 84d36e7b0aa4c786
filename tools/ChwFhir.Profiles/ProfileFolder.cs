using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>The folder <c>fhir-profiles</c>: what is written there by hand, and what is made of it.</summary>
public sealed class ProfileFolder
{
    private readonly string _folder;
    private readonly DefinitionStore _definitions = new();

    public ProfileFolder(string root)
    {
        _folder = Path.Combine(root, "fhir-profiles");
        _definitions.AddR4(R4(root));
        _definitions.AddFolder(Path.Combine(_folder, "us-core-7"));
    }

    public static string R4(string root) => Path.Combine(root, "tests", "foreign-fhir-server", "node_modules", "@medplum", "definitions", "dist", "fhir", "r4");

    public static string Root(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChwFhir.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"ChwFhir.sln stands nowhere above {from}");
    }

    /// <summary>Every file that is made of others, as it should be.</summary>
    public IEnumerable<(string File, string Text)> Made() => Profiles().Select(profile => (FileOf(profile), JsonFiles.OfDefinition(profile)));

    /// <summary>Our StructureDefinitions with their snapshots, parents before what derives from them.</summary>
    public IReadOnlyList<JsonObject> Profiles()
    {
        var waiting = Directory.EnumerateFiles(_folder, "StructureDefinition-*.json").Order(StringComparer.Ordinal).Select(JsonFiles.Read).ToList();
        var made = new List<JsonObject>();
        var generator = new SnapshotGenerator(_definitions);

        while (waiting.Count > 0)
        {
            var ready = waiting.Find(one => !waiting.Exists(other => other != one && Names(one, other)))
                ?? throw new InvalidOperationException($"These name one another in a circle: {string.Join(", ", waiting.Select(one => one.Text("id")))}.");
            waiting.Remove(ready);
            var complete = generator.Complete(ready);
            _definitions.Add(complete);
            made.Add(complete);
        }

        return [.. made.OrderBy(one => one.Text("id"), StringComparer.Ordinal)];
    }

    private string FileOf(JsonObject resource) => Path.Combine(_folder, $"{resource.Text("resourceType")}-{resource.Text("id")}.json");

    private static bool Names(JsonObject one, JsonObject other) =>
        one.Text("baseDefinition") == other.Text("url")
        || one["differential"]!.Objects("element").SelectMany(element => element.Objects("type")).Any(type => type["profile"] is JsonArray profiles && profiles.Any(profile => profile!.GetValue<string>() == other.Text("url")));
}
