using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Profiles;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>The package as https://hl7.org/fhir/packages.html describes it: what an installer looks for before it reads a single resource.</summary>
internal sealed class When_the_package_is_opened
{
    private static readonly string[] Described = ["resourceType", "id", "url", "version", "kind", "type", "supplements", "content", "valueSet", "derivation"];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Files = new(Opened);

    [Test]
    public void It_holds_files_alone_all_under_package()
    {
        Assert.That(Files.Value.Keys, Has.All.Match(@"\Apackage/(example/)?(\.index\.json|package\.json|[A-Za-z]+-[A-Za-z0-9.-]+\.json)\z"));
        Assert.That(Files.Value.Keys.First(), Is.EqualTo("package/package.json"));
    }

    [Test]
    public void Its_manifest_says_what_it_is_and_what_it_needs()
    {
        var manifest = Read("package/package.json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Text("name"), Does.Match(@"\A[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\z"));
            Assert.That(manifest.Text("version"), Does.Match(@"\A[0-9]+\.[0-9]+\.[0-9]+\z"));
            Assert.That(manifest.Text("canonical"), Is.EqualTo(TheGuide.Canonical));
            foreach (var member in (string[])["description", "author", "title", "type", "url"])
                Assert.That(manifest.Text(member), Is.Not.Null.And.Not.Empty, member);
            Assert.That(manifest["fhirVersions"]!.ToJsonString(), Is.EqualTo("[\"4.0.1\"]"));
            Assert.That(manifest.Objects("maintainers"), Is.Not.Empty);
            Assert.That(Needs(manifest), Does.Contain("hl7.fhir.r4.core 4.0.1").And.Contain("hl7.fhir.us.core 7.0.0"));
        }
    }

    [Test]
    public void The_guide_says_the_same()
    {
        var manifest = Read("package/package.json");
        var guide = TheGuide.Read("ImplementationGuide", "chwfhir.fhir");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Text("name"), Is.EqualTo(guide.Text("packageId")));
            Assert.That(manifest.Text("version"), Is.EqualTo(guide.Text("version")));
            // R4 itself is not named in a guide: fhirVersion says it.
            Assert.That(guide.Objects("dependsOn").Select(one => $"{one.Text("packageId")} {one.Text("version")}").Append("hl7.fhir.r4.core 4.0.1"), Is.EquivalentTo(Needs(manifest)));
        }
    }

    [TestCase("package")]
    [TestCase("package/example")]
    public void The_index_lists_each_file_as_it_is(string folder)
    {
        var index = Read($"{folder}/.index.json");
        var listed = index.Objects("files").ToDictionary(one => one.Text("filename")!);
        var there = Files.Value.Keys.Where(name => name[..name.LastIndexOf('/')] == folder).Select(name => name[(folder.Length + 1)..]).Except([".index.json", "package.json"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(index["index-version"]!.GetValue<int>(), Is.EqualTo(2));
            Assert.That(listed.Keys, Is.EquivalentTo(there));
            foreach (var (file, entry) in listed)
            {
                var resource = Read($"{folder}/{file}");
                foreach (var name in Described)
                    Assert.That(entry.Text(name), Is.EqualTo(resource.Text(name)), $"{file}: {name}");
            }
        }
    }

    [Test]
    public void Whoever_installs_it_needs_no_generator_of_snapshots_and_learns_nothing_of_where_it_was_made()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var name in Files.Value.Keys.Where(name => name.StartsWith("package/StructureDefinition-", StringComparison.Ordinal)))
                Assert.That(Read(name)["snapshot"]!.Objects("element"), Is.Not.Empty, name);
            foreach (var (name, text) in Files.Value)
                Assert.That(text, Does.Not.Contain(Testing.Repository.Root).And.Not.Match("\"(/home|/tmp|/work|[A-Z]:\\\\\\\\)"), name);
        }
    }

    /// <summary>HL7's generator of snapshots and the IG Publisher refuse a differential whose elements stand in another order than the base's.</summary>
    [Test]
    public void Every_differential_goes_in_the_order_of_what_it_constrains()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var name in Files.Value.Keys.Where(name => name.StartsWith("package/StructureDefinition-", StringComparison.Ordinal)))
            {
                var said = Ids(Read(name)["differential"]!);
                Assert.That(said, Is.Not.Empty, name);
                Assert.That(Ids(Read(name)["snapshot"]!).Where(said.Contains), Is.EqualTo(said), name);
            }
        }

        static List<string> Ids(JsonNode elements) => [.. elements.Objects("element").Select(element => element.Text("id")!)];
    }

    /// <summary>An extension and each profile: whoever learns by example finds one.</summary>
    [Test]
    public void Each_profile_has_an_example_that_claims_it()
    {
        var claimed = Files.Value.Keys.Where(name => name.StartsWith("package/example/", StringComparison.Ordinal) && !name.EndsWith(".index.json", StringComparison.Ordinal))
            .Select(Read).SelectMany(one => one["meta"]!["profile"]!.AsArray()).Select(url => url!.GetValue<string>()).ToHashSet();
        var profiles = Files.Value.Keys.Where(name => name.StartsWith("package/StructureDefinition-", StringComparison.Ordinal)).Select(Read).Where(one => one.Text("type") != "Extension").Select(one => one.Text("url")!).ToList();

        Assert.That(profiles, Has.Count.EqualTo(20));
        Assert.That(profiles.Where(url => !claimed.Contains(url)), Is.Empty);
    }

    private static IEnumerable<string> Needs(JsonObject manifest) => manifest["dependencies"]!.AsObject().Select(one => $"{one.Key} {one.Value}");

    private static JsonObject Read(string name) => JsonNode.Parse(Files.Value[name])!.AsObject();

    private static Dictionary<string, string> Opened()
    {
        using var folder = new ScratchFolder();
        using var package = File.OpenRead(TheGuide.Generator().PackInto(folder.PathOf("package")));
        using var tar = new TarReader(new GZipStream(package, CompressionMode.Decompress));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.That(entry.EntryType, Is.EqualTo(TarEntryType.RegularFile), entry.Name);
            using var text = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            files.Add(entry.Name, text.ReadToEnd());
        }

        return files;
    }
}
