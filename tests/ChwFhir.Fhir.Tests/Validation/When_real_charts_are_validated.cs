using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;

namespace ChwFhir.Fhir.Tests.Validation;

public sealed class When_real_charts_are_validated
{
    [Test]
    public async Task Both_validators_are_of_one_mind()
    {
        var resources = Resources(Needs.TestData()).ToList();
        Needs.ForeignFhir();

        var theirs = await ForeignValidator.ErrorsOfEachAsync(resources.Select(one => one.Resource));
        var ours = resources.Select(one => When_an_example_is_broken.Validate(one.Resource)).ToList();

        var missed = Enumerable.Range(0, resources.Count).Where(at => ours[at].IsValid && theirs[at].Any() && !TheyMisread(theirs[at])).Select(at => $"{resources[at].Name}: {theirs[at].First()}").ToList();
        var alone = Enumerable.Range(0, resources.Count).Where(at => !ours[at].IsValid && !theirs[at].Any()).SelectMany(at => ours[at].Errors.Select(error => (resources[at].Name, Error: error))).ToList();
        TestContext.Out.WriteLine($"{resources.Count} resources, {Enumerable.Range(0, resources.Count).Count(at => ours[at].IsValid != theirs[at].Any())} judged alike");
        foreach (var one in alone.GroupBy(one => one.Error.Rule))
            TestContext.Out.WriteLine($"only ours: {one.Key} {one.Count()} times, such as {one.First().Error.Expression} of {one.First().Name}");
        Assert.That(missed, Is.Empty);
        Assert.That(alone.Where(one => !WeAreStricter.ContainsKey(one.Error.Rule)).Select(one => $"{one.Name}: {one.Error}"), Is.Empty);
    }

    // What we find and they do not, and the page by which it is a fault.
    private static readonly Dictionary<string, string> WeAreStricter = new()
    {
        ["txt-1"] = "narrative.html#xhtml: escaped markup or literal \\n outside a div; they do not look at narratives",
        ["txt-2"] = "narrative.html#xhtml: nothing to read; they do not look at narratives",
        ["per-1"] = "datatypes.html#Period: the end before the start; they compare nothing of different offsets",
        ["format"] = "datatypes.html#primitive: ids with underscores or of more than 64 characters, empty texts",
        ["reference-target"] = "references.html: ServiceRequest where Observation.derivedFrom has no place for it; they look at no targets",
        ["binding"] = "resource.html#Resource.language: no language tag; they do not look at the maximal value set",
        ["us-core-16"] = "us/core StructureDefinition-us-core-practitioner: an NPI of six digits; they do not look at rules on slices",
        ["slicing"] = "us/core StructureDefinition-us-core-race: extension text 1..1; they hold extensions to their definitions only under a claimed profile",
        ["bundle-fullurl"] = "bundle.html#bundle-unique: a fullUrl with another id than the resource's",
    };

    // Their walk hands a primitive that has only extensions to the terminology as an object.
    private static bool TheyMisread(IEnumerable<string> errors) => errors.All(error => error.Contains("[object Object]", StringComparison.Ordinal));

    private static IEnumerable<(string Name, JsonNode Resource)> Resources(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Parsed(file) is not JsonObject json || json["resourceType"] is null)
                continue;

            var name = Path.GetRelativePath(folder, file);
            if ((string?)json["resourceType"] != "Bundle")
            {
                if (IsModelled(json))
                    yield return (name, json);
                continue;
            }

            foreach (var (at, entry) in (json["entry"] as JsonArray ?? []).Index())
            {
                if (entry?["resource"] is { } resource && IsModelled(resource))
                    yield return ($"{name} entry {at}", resource.DeepClone());
            }
        }
    }

    private static bool IsModelled(JsonNode json) => FhirJson.Read<Resource>(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Resource is not (null or UnmodelledResource);

    private static JsonNode? Parsed(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file));
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
