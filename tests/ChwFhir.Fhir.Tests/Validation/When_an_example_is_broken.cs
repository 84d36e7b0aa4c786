using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_an_example_is_broken
{
    // What the foreign validator objects to and we do not, by what was done, with the reason.
    private static readonly Dictionary<string, string> NotOurs = [];

    [Test]
    public async Task We_find_what_the_foreign_validator_finds()
    {
        Needs.ForeignFhir();
        var (examples, others) = (Examples().ToList(), Mapped().ToList());
        var mutants = Mutants(examples, others).ToList();

        var sound = await ForeignValidator.ErrorsOfEachAsync(examples.Concat(others));
        var theirs = await ForeignValidator.ErrorsOfEachAsync(mutants.Select(mutant => mutant.Resource));
        var ours = mutants.Select(mutant => !Validate(mutant.Resource).IsValid).ToList();

        var tried = mutants.Select((mutant, at) => (mutant.Of, mutant.What, mutant.Kind, Theirs: theirs[at].FirstOrDefault(), Ours: ours[at])).ToList();
        var missed = tried.Where(one => one is { Theirs: not null, Ours: false } && !NotOurs.ContainsKey(one.Kind)).ToList();
        TestContext.Out.WriteLine("| profile | broken | found by the foreign validator | of these by ours | by ours alone |");
        foreach (var of in tried.GroupBy(one => one.Of).OrderBy(of => of.Key, StringComparer.Ordinal))
            TestContext.Out.WriteLine($"| {of.Key.Split('/')[^1]} | {of.Count()} | {of.Count(one => one.Theirs is not null)} | {of.Count(one => one is { Theirs: not null, Ours: true })} | {of.Count(one => one is { Theirs: null, Ours: true })} |");
        foreach (var one in missed)
            TestContext.Out.WriteLine($"missed: {one.What}: {one.Theirs}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sound, Is.Empty);
            Assert.That(tried.Select(one => one.Of).Distinct(), Is.EquivalentTo(Published()), "each profile and extension is broken");
            Assert.That(tried.GroupBy(one => one.Of).Where(of => of.All(one => !one.Ours)).Select(of => of.Key), Is.Empty, "of each some are found");
            Assert.That(missed, Is.Empty);
            Assert.That(tried.GroupBy(one => one.Of).Where(of => of.Count(one => one is { Theirs: not null, Ours: true }) * 20 < of.Count(one => one.Theirs is not null) * 19).Select(of => of.Key), Is.Empty, "95 % of each profile, whatever the reasons");
            Assert.That(Lost(tried.GroupBy(one => one.Of).ToDictionary(of => of.Key.Split('/')[^1], of => (of.Count(), of.Count(one => one.Theirs is not null), of.Count(one => one.Ours)))), Is.Empty, "fewer than README.md says: an example has lost elements, or a validator rules");
        }
    }

    // The table of README.md is what was known: | profile | broken | found by theirs | of these by ours | by ours alone |
    private static IEnumerable<string> Lost(Dictionary<string, (int Broken, int Theirs, int Ours)> now)
    {
        var known = File.ReadLines(Testing.Repository.Path("src", "ChwFhir.Fhir", "README.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 7 && int.TryParse(cells[2], CultureInfo.InvariantCulture, out _)).ToList();
        if (known.Count < now.Count)
            yield return $"{now.Count} profiles are tried and {known.Count} stand in the table";
        foreach (var cells in known)
        {
            int[] then = [.. cells[2..6].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
            var (broken, theirs, ours) = now.GetValueOrDefault(cells[1]);
            if (broken < then[0] || theirs < then[1] || ours < then[2] + then[3])
                yield return $"{cells[1]}: {broken} broken, {theirs} found by theirs, {ours} by ours; known are {then[0]}, {then[1]} and {then[2] + then[3]}";
        }
    }

    // Of the one example of each profile everything; of the other resources that the mapping makes what is in none of these.
    private static IEnumerable<Mutant> Mutants(IEnumerable<JsonNode> examples, IEnumerable<JsonNode> others)
    {
        var whole = examples.SelectMany(Mutant.OfExample).ToList();

        return whole.Concat(others.SelectMany(Mutant.OfExample).ExceptBy(whole.Select(one => (one.Of, one.Kind)), one => (one.Of, one.Kind)));
    }

    internal static ValidationResult Validate(JsonNode resource) => TheProfiles.Validation.Validate(FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(resource.ToJsonString())));

    private static IEnumerable<JsonNode> Examples() =>
        from file in Directory.EnumerateFiles(Folder("examples"), "*.json").Where(file => !file.EndsWith(".bundle.json", StringComparison.Ordinal))
            .Concat(((string[])["hunger-vital-sign.json", "phq-2.json"]).Select(name => Path.Combine(Folder("questionnaires"), name))).Order(StringComparer.Ordinal)
        select JsonNode.Parse(File.ReadAllText(file))!;

    private static IEnumerable<JsonNode> Mapped() =>
        from file in Directory.EnumerateFiles(Folder("examples"), "*.bundle.json").Order(StringComparer.Ordinal)
        from entry in JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray()
        where entry!["resource"] is not null
        from one in Parts(entry)
        select one;

    // What is said on an entry and not in its resource needs the Bundle around it.
    private static IEnumerable<JsonNode> Parts(JsonNode entry)
    {
        yield return entry["resource"]!.DeepClone();
        if (entry["extension"] is not null)
            yield return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = new JsonArray(entry.DeepClone()) };
    }

    private static IEnumerable<string> Published() =>
        from file in Directory.EnumerateFiles(Testing.Repository.Path("fhir-profiles"), "StructureDefinition-*.json")
        select (string)JsonNode.Parse(File.ReadAllText(file))!["url"]!;

    private static string Folder(string name) => Testing.Repository.Path("fhir-profiles", name);
}
