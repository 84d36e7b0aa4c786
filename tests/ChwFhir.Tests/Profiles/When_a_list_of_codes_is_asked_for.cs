using System.Text.Json.Nodes;
using ChwFhir.Profiles;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Profiles;

/// <summary>
/// Required and extensible bindings of what the mapping writes, by the profiles that it claims. The service holds required ones as it runs; of the extensible ones, which a code may leave where none of the list fits (R4, terminologies.html#extensible),
/// this holds what the samples write. What cannot be counted out here is told on the page of the codes, and nothing else is.
/// </summary>
internal sealed class When_a_list_of_codes_is_asked_for
{
    private static readonly Lazy<List<Use>> Uses = new(Found);

    [Test]
    public void What_is_written_is_in_each_list_that_can_be_counted_out()
    {
        var outside = Uses.Value.Where(use => use.Codes is not null && !use.Written.Any(code => use.Codes.Contains(code))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Uses.Value.Count(use => use.Codes is not null), Is.GreaterThan(300));
            Assert.That(outside.Where(use => use.Strength == "required").Select(use => use.ToString()), Is.Empty);
            // R4 knows two categories of a Condition; US Core adds the health concern, and SDOH Clinical Care the domains beside it: none of the two says what they say.
            Assert.That(outside.Where(use => use.Element != "Condition.category").Select(use => use.ToString()).Distinct(), Is.Empty);
        }
    }

    [Test]
    public void What_cannot_be_counted_out_is_told_on_the_page_of_the_codes()
    {
        var uncounted = Uses.Value.Where(use => use.Codes is null).Select(use => $"{use.Strength} {Last(use.ValueSet)}").Distinct();
        var told = File.ReadLines(Repository.Path("fhir-profiles", "pages", "terminology.md")).SkipWhile(line => line != "## What is not checked").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')).Select(cells => $"{cells[2].Trim()} {cells[1].Trim().Trim('`')}");

        Assert.That(told, Is.EquivalentTo(uncounted));
    }

    private static List<Use> Found()
    {
        Needs.ForeignFhir();
        var lists = new CountedOut();
        var definitions = TheGuide.All.Concat(Directory.EnumerateFiles(Repository.Path("fhir-profiles", "us-core-7"), "us-core-*.json").Select(JsonFiles.Read)).Where(one => one.Text("resourceType") == "StructureDefinition").ToDictionary(one => one.Text("url")!);
        var bindings = definitions.ToDictionary(one => one.Key, one => one.Value["snapshot"]!.Objects("element").Where(IsHeld).Select(element => (Path: element.Text("path")!, Strength: element["binding"]!.Text("strength")!, ValueSet: element["binding"]!.Text("valueSet")!)).ToList());
        var counted = bindings.Values.SelectMany(one => one).Select(one => one.ValueSet).Distinct().ToDictionary(url => url, lists.Of);

        return
        [
            .. from file in TheGuide.Examples.Where(file => file.EndsWith(".bundle.json", StringComparison.Ordinal))
               from entry in JsonFiles.Read(file).Objects("entry")
               let resource = entry["resource"]!.AsObject()
               from profile in resource["meta"]?["profile"] is JsonArray claimed ? claimed.Select(one => one!.GetValue<string>()) : []
               where bindings.ContainsKey(profile)
               from binding in bindings[profile]
               from value in Values(resource, binding.Path.Split('.')[1..])
               let written = Codes(value).ToList()
               // Words alone are allowed where nothing of an extensible list fits.
               where written.Count > 0
               select new Use(binding.Path, binding.Strength, binding.ValueSet, written, counted[binding.ValueSet]),
        ];
    }

    /// <summary>Of elements, not of slices: what a slice asks for holds of its own entries, and the validators look there.</summary>
    private static bool IsHeld(JsonObject element) => element["binding"] is { } binding && binding.Text("strength") is "required" or "extensible" && element["binding"]!.Text("valueSet") is not null && !element.Text("id")!.Contains(':', StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Values(JsonNode? node, string[] path) => node switch
    {
        null => [],
        JsonArray many => many.SelectMany(one => Values(one, path)),
        _ when path.Length == 0 => [node],
        JsonObject one when path[0].EndsWith("[x]", StringComparison.Ordinal) => one.Where(member => member.Key.StartsWith(path[0][..^3], StringComparison.Ordinal)).SelectMany(member => Values(member.Value, path[1..])),
        JsonObject one => Values(one[path[0]], path[1..]),
        _ => [],
    };

    /// <summary>A code alone has the system of its list: it stands there with none.</summary>
    private static IEnumerable<(string? System, string Code)> Codes(JsonNode value) => value switch
    {
        JsonObject concept when concept["coding"] is JsonArray codings => codings.OfType<JsonObject>().Where(coding => coding.Text("code") is not null).Select(coding => (coding.Text("system"), coding.Text("code")!)),
        JsonObject coding when coding.Text("code") is { } code => [(coding.Text("system"), code)],
        JsonValue word when word.TryGetValue<string>(out var code) => [(null, code)],
        _ => [],
    };

    private static string Last(string url) => url[(url.LastIndexOf('/') + 1)..].Split('|')[0];

    private sealed record Use(string Element, string Strength, string ValueSet, IReadOnlyList<(string? System, string Code)> All, IReadOnlySet<(string System, string Code)>? Codes)
    {
        internal IEnumerable<(string System, string Code)> Written => All.SelectMany(one => one.System is { } system ? [(system, one.Code)] : Codes!.Where(known => known.Code == one.Code));

        public override string ToString() => $"{Element} {string.Join(", ", All.Select(one => one.Code))}: not in {Last(ValueSet)}";
    }
}
