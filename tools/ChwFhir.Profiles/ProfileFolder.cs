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
    public IEnumerable<(string File, string Text)> Made()
    {
        var profiles = Profiles();
        var examples = ExamplesOf(profiles);
        foreach (var profile in profiles)
            yield return (FileOf(profile), JsonFiles.OfDefinition(profile));
        foreach (var (profile, resource) in examples)
            yield return (Path.Combine(_folder, "examples", $"{profile}.json"), JsonFiles.Indented(resource));
        yield return (GuideFile, JsonFiles.Indented(Guide.Listed(JsonFiles.Read(GuideFile), Published(profiles).Select(one => one.Resource), examples)));
        yield return (Path.Combine(_folder, "pages", "profiles.md"), ProfilesPage.Of(profiles));
    }

    /// <summary>The package of all that is made and all that is written by hand.</summary>
    public void Pack(Stream to)
    {
        var profiles = Profiles();
        var examples = ExamplesOf(profiles);
        var guide = Guide.Listed(JsonFiles.Read(GuideFile), Published(profiles).Select(one => one.Resource), examples);
        FhirPackage.Write(to, JsonFiles.Read(Path.Combine(_folder, "package.json")), [.. Published(profiles), (Path.GetFileName(GuideFile), guide)], [.. examples.Select(one => ($"{one.Resource.Text("resourceType")}-{one.Profile}.json", one.Resource))]);
    }

    /// <summary>The file of the package, put into a folder under the name that FHIR tools look for.</summary>
    public string PackInto(string folder)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, PackageName);
        using var package = File.Create(file);
        Pack(package);
        return file;
    }

    private string PackageName
    {
        get
        {
            var manifest = JsonFiles.Read(Path.Combine(_folder, "package.json"));
            return $"{manifest.Text("name")}-{manifest.Text("version")}.tgz";
        }
    }

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

    private string GuideFile => Path.Combine(_folder, "ImplementationGuide-chwfhir.fhir.json");

    /// <summary>Everything that others may use: profiles, codes, maps, statements, and the forms of the screenings.</summary>
    private IReadOnlyList<(string File, JsonObject Resource)> Published(IReadOnlyList<JsonObject> profiles)
    {
        string[] byHand = ["CapabilityStatement", "CodeSystem", "ConceptMap", "NamingSystem", "ValueSet"];
        var files = byHand.SelectMany(type => Directory.EnumerateFiles(_folder, $"{type}-*.json")).Concat(Directory.EnumerateFiles(Path.Combine(_folder, "questionnaires"), "*.json")).Select(JsonFiles.Read);
        return [.. profiles.Concat(files).Select(one => ($"{one.Text("resourceType")}-{one.Text("id")}.json", one)).OrderBy(one => one.Item1, StringComparer.Ordinal)];
    }

    /// <summary>Those that the mapping's expected output shows, and those of resources that the service only reads, which are written by hand.</summary>
    private IReadOnlyList<(string Profile, JsonObject Resource)> ExamplesOf(IReadOnlyList<JsonObject> profiles)
    {
        var folder = Path.Combine(_folder, "examples");
        var bundles = Directory.EnumerateFiles(folder, "*.bundle.json").OrderBy(file => Path.GetFileName(file) != "full.bundle.json").ThenBy(file => file, StringComparer.Ordinal).Select(JsonFiles.Read).ToList();
        var found = Examples.Of(profiles, bundles).ToDictionary(one => one.Profile, one => one.Resource, StringComparer.Ordinal);
        return [.. profiles.Where(profile => profile.Text("type") != "Extension").Select(profile => profile.Text("id")!).Select(id => (id, found.GetValueOrDefault(id) ?? JsonFiles.Read(Path.Combine(folder, $"{id}.json"))))];
    }

    private string FileOf(JsonObject resource) => Path.Combine(_folder, $"{resource.Text("resourceType")}-{resource.Text("id")}.json");

    private static bool Names(JsonObject one, JsonObject other) =>
        one.Text("baseDefinition") == other.Text("url")
        || one["differential"]!.Objects("element").SelectMany(element => element.Objects("type")).Any(type => type["profile"] is JsonArray profiles && profiles.Any(profile => profile!.GetValue<string>() == other.Text("url")));
}
