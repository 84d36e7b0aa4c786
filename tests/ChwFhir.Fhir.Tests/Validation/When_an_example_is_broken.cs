using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_an_example_is_broken
{
    // What the foreign validator objects to and we do not, with the reason.
    private static readonly Dictionary<string, string> NotOurs = [];

    [Test]
    public async Task We_find_what_the_foreign_validator_finds()
    {
        Needs.ForeignFhir();
        var examples = Examples().ToList();
        var mutants = examples
            .SelectMany(example => Mutant.Of(example).Select(mutant => (Profile: example["meta"]?["profile"]?.ToJsonString(), Mutant: mutant)))
            .DistinctBy(one => (one.Profile, one.Mutant.What))
            .Select(one => one.Mutant)
            .ToList();

        var sound = await ForeignValidator.ErrorsOfEachAsync(examples);
        var theirs = await ForeignValidator.ErrorsOfEachAsync(mutants.Select(mutant => mutant.Resource));
        var found = mutants.Select(mutant => !Validate(mutant.Resource).IsValid).ToList();

        var missed = Enumerable.Range(0, mutants.Count).Where(at => theirs[at].Any() && !found[at] && !NotOurs.ContainsKey(mutants[at].What)).ToList();
        TestContext.Out.WriteLine($"{mutants.Count} broken, {theirs.Count} found by the foreign validator, {found.Count(one => one)} by ours, {Enumerable.Range(0, mutants.Count).Count(at => !theirs[at].Any() && found[at])} by ours alone");
        foreach (var at in missed)
            TestContext.Out.WriteLine($"missed: {mutants[at].What}: {theirs[at].First()}");
        Assert.That(sound, Is.Empty);
        Assert.That(missed, Is.Empty);
        Assert.That(NotOurs, Has.Count.LessThan(theirs.Count / 20), "at most 5 % may be left to reasons");
    }

    internal static ValidationResult Validate(JsonNode resource) => TheProfiles.Validation.Validate(FhirJson.Read<Resource>(Encoding.UTF8.GetBytes(resource.ToJsonString())));

    private static IEnumerable<JsonNode> Examples() =>
        from file in Directory.EnumerateFiles(Testing.Repository.Path("fhir-profiles", "examples"), "*.bundle.json").Order(StringComparer.Ordinal)
        from entry in JsonNode.Parse(File.ReadAllText(file))!["entry"]!.AsArray()
        where entry!["resource"] is not null
        select entry["resource"]!.DeepClone();
}
