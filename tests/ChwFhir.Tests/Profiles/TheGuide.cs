using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Profiles;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Profiles;

/// <summary>What is published under <c>fhir-profiles</c>, as it lies there.</summary>
internal static class TheGuide
{
    internal const string Canonical = "https://chwfhir.org/fhir";

    private static readonly Lazy<FhirValidation> Own = new(() => new FhirValidation(ProfileSet.Load(Repository.Path("fhir-profiles", "us-core-7"), Repository.Path("fhir-profiles"))));

    /// <summary>StructureDefinitions, codes, maps, statements, and the guide itself: the files with a type in their name.</summary>
    internal static IEnumerable<string> Published => Directory.EnumerateFiles(Repository.Path("fhir-profiles"), "*-*.json").Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Examples => Directory.EnumerateFiles(Repository.Path("fhir-profiles", "examples"), "*.json").Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Forms => Directory.EnumerateFiles(Repository.Path("fhir-profiles", "questionnaires"), "*.json").Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Everything => [.. Examples, .. Published, .. Forms];

    internal static IEnumerable<JsonObject> All => Published.Concat(Forms).Select(JsonFiles.Read);

    /// <summary>Our own validator, with our profiles and US Core's.</summary>
    internal static FhirValidation Validation => Own.Value;

    internal static JsonObject Read(string type, string id) => JsonFiles.Read(Repository.Path("fhir-profiles", $"{type}-{id}.json"));

    /// <summary>The generator, which needs R4's definitions.</summary>
    internal static ProfileFolder Generator()
    {
        Needs.ForeignFhir();
        return new ProfileFolder(Repository.Root);
    }

    /// <summary>All texts in it.</summary>
    internal static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => Texts(member.Value)),
        JsonArray many => many.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
