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

    private static byte[] Packed(ProfileFolder guide)
    {
        using var package = new MemoryStream();
        guide.Pack(package);
        return package.ToArray();
    }

    [GeneratedRegex(@"https://chwfhir\.org/fhir/[A-Z][A-Za-z]+/[A-Za-z0-9.-]+[A-Za-z0-9]")]
    private static partial Regex Ours();
}
