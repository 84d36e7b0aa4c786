using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests;

/// <summary>What <c>-p:FhirSdk=Firely</c> needs of our source besides the names of members: nobody can build it here against the real packages.</summary>
public sealed partial class When_Firely_takes_the_models_place
{
    private static readonly string TheLanguage = Testing.Repository.Path("src", "ChwFhir.Fhir");

    // Of Hl7.Fhir.Model too, besides what the list has: src/Hl7.Fhir.Base/Model and src/Hl7.Fhir.R4/Model of the SDK.
    private static readonly HashSet<string> TheirsToo =
    [
        "Base", "PrimitiveType", "BackboneType", "IExtendable", "IModifierExtendable", "ResourceType", "FHIRAllTypes", "FHIRVersion",
        "Contributor", "Count", "DataRequirement", "Distance", "ParameterDefinition", "TriggerDefinition",
        .. typeof(PrimitiveType).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(PrimitiveType)) && !type.IsAbstract).Select(type => type.Name),
    ];

    [TestCase("FhirJson")]
    [TestCase("FhirValidation")]
    public void A_door_has_the_same_handles(string door)
    {
        var ours = Handles(door + ".cs");
        var theirs = Handles(door + ".Firely.cs");

        Assert.That(ours, Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(theirs, Is.EquivalentTo(ours));
    }

    [Test]
    public void Every_name_of_ours_is_one_of_Firelys()
    {
        var names = Names().ToList();

        Assert.That(names, Has.Count.GreaterThan(120));
        Assert.That(names.Where(name => !Json.FirelyNames.HasClass(name) && !Json.FirelyNames.HasEnum(name) && !TheirsToo.Contains(name)), Is.Empty);
    }

    // The names are aliases, and an alias wins over what a namespace or a using static at the top of a file brings; inside a namespace it is the other way round.
    [Test]
    public void No_name_is_written_so_that_it_means_ours_alone_or_something_else()
    {
        var names = Names().ToHashSet();
        var sources = Sources().ToList();
        var captured = sources.SelectMany(source => Enums().Matches(source.Text)).Where(match => Words().Matches(match.Groups["members"].Value).Any(word => names.Contains(word.Value)))
            .Select(match => match.Groups["name"].Value).ToHashSet();
        var strange = new List<string>();
        foreach (var (file, text) in sources)
        {
            strange.AddRange(OurNamespace().Matches(text).Select(match => $"{file}: {match.Value} is written out; say using ChwFhir.Fhir.Model"));
            var head = text[..Math.Max(0, text.IndexOf("\nnamespace ", StringComparison.Ordinal))];
            strange.AddRange(StaticOfOurs().Matches(head).Where(match => captured.Contains(match.Groups["name"].Value)).Select(match => $"{file}: {match.Value} belongs behind the namespace"));
            strange.AddRange(Markdig().Matches(text).Select(match => $"{file}: {match.Value} is FHIR's; say Markdig's"));
        }

        Assert.That(strange, Is.Empty);
    }

    // What stays in that build: all of src but our own model, and the tests but those of the model.
    private static IEnumerable<(string File, string Text)> Sources() =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Testing.Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Testing.Repository.Root, file).Replace('\\', '/')
        where !Elsewhere().IsMatch(path)
        select (path, File.ReadAllText(file));

    private static IEnumerable<string> Names()
    {
        var left = XDocument.Load(Path.Combine(TheLanguage, "Firely.props")).Descendants("OurName").Attributes("Remove").SelectMany(remove => remove.Value.Split(';')).Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();

        return new[] { Path.Combine("Resources", "Generated"), "Types" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TheLanguage, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !left.Contains(name));
    }

    // Public members as they are declared, up to their bodies, in any order.
    private static List<string> Handles(string file)
    {
        var text = Comment().Replace(File.ReadAllText(Path.Combine(TheLanguage, file)), "");

        return [.. Declared().Matches(text).Select(match => Blanks().Replace(Body(match.Value), " ").Trim())];
    }

    private static string Body(string declared) => declared.Split(" =>")[0].Split(" {")[0];

    [GeneratedRegex(@"(?m)^    public (?:[^(;{=]|=>)*(?:\((?>[^()]|\([^()]*\))*\)(?:\s+where [^={;]+)?)?")]
    private static partial Regex Declared();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<![\w.])(?:ChwFhir\.)?Fhir\.Model\.[A-Z]\w*")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(@"\benum (?<name>\w+)\s*\{(?<members>[^}]*)\}")]
    private static partial Regex Enums();

    [GeneratedRegex(@"(?m)(?<=^\s*|,\s*)[A-Z]\w*(?=\s*(?:,|=|$))")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?m)^using static ChwFhir\.[\w.]*?(?<name>\w+);")]
    private static partial Regex StaticOfOurs();

    [GeneratedRegex(@"(?<![\w.])Markdown\.(Parse|ToHtml|ToPlainText)\b")]
    private static partial Regex Markdig();

    [GeneratedRegex(@"(^|/)(obj|bin|node_modules)/|^src/ChwFhir\.Fhir/(Types|Resources|Json|Validation)/|^tests/ChwFhir\.Fhir\.Tests/(Json|Model|Validation|When_Firely)")]
    private static partial Regex Elsewhere();
}
