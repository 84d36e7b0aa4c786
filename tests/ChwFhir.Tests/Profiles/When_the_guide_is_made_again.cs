using System.Text.RegularExpressions;
using ChwFhir.Profiles;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

internal sealed partial class When_the_guide_is_made_again
{
    [Test]
    public void Nothing_is_different()
    {
        var made = TheGuide.Generator().Made().ToList();

        var different = made.Where(one => !File.Exists(one.File) || File.ReadAllText(one.File) != one.Text).Select(one => Path.GetFileName(one.File));

        Assert.That(made, Has.Count.GreaterThan(40));
        Assert.That(different, Is.Empty, "Run `dotnet run --project tools/ChwFhir.Profiles` and read the differences.");
    }

    [Test]
    public void Its_package_has_the_same_bytes_each_time()
    {
        var first = Packed(TheGuide.Generator());
        var second = Packed(TheGuide.Generator());

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Whatever_it_names_of_ours_is_published()
    {
        var all = TheGuide.All.ToList();
        var published = all.Select(one => one.Text("url")).OfType<string>().ToHashSet();

        var named = all.SelectMany(TheGuide.Texts).SelectMany(text => Ours().Matches(text).Select(match => match.Value)).ToHashSet();

        Assert.That(named, Has.Count.GreaterThan(40));
        Assert.That(named.Except(published), Is.Empty);
    }

    [Test]
    public void The_mapping_claims_profiles_that_are_published_and_those_are_all_that_are_written()
    {
        var claimed = typeof(ChwFhir.Mapping.OwnProfiles).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        var profiles = TheGuide.All.Where(one => one.Text("resourceType") == "StructureDefinition" && one.Text("type") != "Extension").Select(one => one.Text("url"));

        // Who is a CHW and who is in the care team, the service only reads.
        Assert.That(claimed.Append($"{TheGuide.Canonical}/StructureDefinition/chw-practitioner-role").Append($"{TheGuide.Canonical}/StructureDefinition/chw-care-team"), Is.EquivalentTo(profiles));
    }

    [Test]
    public void Every_page_that_it_lists_is_there()
    {
        var page = TheGuide.Read("ImplementationGuide", "chwfhir.fhir")["definition"]!["page"]!;
        var pages = page.Objects("page").Select(one => one.Text("nameUrl")!).Append(page.Text("nameUrl")!);

        Assert.That(Directory.EnumerateFiles(Testing.Repository.Path("fhir-profiles", "pages")).Select(Path.GetFileName), Is.EquivalentTo(pages));
    }

    /// <summary>A pipe that is not escaped ends a cell of Markdown, in code too (GitHub Flavored Markdown, 4.10).</summary>
    [Test]
    public void Each_row_of_a_table_of_its_pages_has_as_many_cells_as_its_head()
    {
        var wrong = new List<string>();
        var rows = 0;
        foreach (var page in Directory.EnumerateFiles(Testing.Repository.Path("fhir-profiles", "pages")).Append(Testing.Repository.Path("fhir-profiles", "README.md")))
        {
            var cells = 0;
            foreach (var line in File.ReadLines(page))
            {
                var here = line.StartsWith('|') ? Pipe().Count(line) : 0;
                rows += here > 0 ? 1 : 0;
                if (here > 0 && cells > 0 && here != cells)
                    wrong.Add($"{Path.GetFileName(page)}: {line}");
                cells = here == 0 ? 0 : cells == 0 ? here : cells;
            }
        }

        Assert.That(rows, Is.GreaterThan(200));
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Everything_published_says_who_made_it_when_for_where_and_what_it_is()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var one in TheGuide.All)
            {
                var (type, name) = (one.Text("resourceType"), $"{one.Text("resourceType")}/{one.Text("id")}");
                // R4 gives a NamingSystem neither an address nor a version.
                Assert.That(type == "NamingSystem" || one.Text("url") == $"{TheGuide.Canonical}/{type}/{one.Text("id")}", name);
                Assert.That(type == "NamingSystem" || one.Text("version") is not null, name);
                foreach (var member in (string[])["name", "status", "date", "publisher", "description"])
                    Assert.That(one.Text(member), Is.Not.Null.And.Not.Empty, $"{name}.{member}");
                Assert.That(one.Objects("contact"), Is.Not.Empty, $"{name}.contact");
                Assert.That(one.Objects("jurisdiction"), Is.Not.Empty, $"{name}.jurisdiction");
            }
        }
    }

    /// <summary>Codes of others stay under their owners' terms, and a package of them says so in each file.</summary>
    [TestCase("http://loinc.org", "LOINC")]
    [TestCase("http://snomed.info/sct", "SNOMED")]
    [TestCase("http://nucc.org/provider-taxonomy", "National Uniform Claim Committee")]
    public void Who_uses_codes_of_others_says_whose_they_are(string system, string owner)
    {
        var users = TheGuide.All.Where(one => one.Text("resourceType") is "ValueSet" or "ConceptMap" or "Questionnaire" or "StructureDefinition").Where(one => TheGuide.Texts(Written(one)).Contains(system)).ToList();

        Assert.That(users, Is.Not.Empty);
        Assert.That(users.Where(one => one.Text("copyright")?.Contains(owner, StringComparison.Ordinal) is not true).Select(one => one.Text("id")), Is.Empty);
    }

    private static System.Text.Json.Nodes.JsonObject Written(System.Text.Json.Nodes.JsonObject definition)
    {
        var written = definition.DeepClone().AsObject();
        written.Remove("snapshot");
        return written;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Pipe();

    private static byte[] Packed(ProfileFolder guide)
    {
        using var package = new MemoryStream();
        guide.Pack(package);
        return package.ToArray();
    }

    [GeneratedRegex(@"https://chwfhir\.org/fhir/[A-Z][A-Za-z]+/[A-Za-z0-9.-]+[A-Za-z0-9]")]
    private static partial Regex Ours();
}
