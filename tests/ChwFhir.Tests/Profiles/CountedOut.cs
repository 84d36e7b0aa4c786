using System.Text.Json.Nodes;
using ChwFhir.Profiles;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Profiles;

/// <summary>Value sets counted out with what is at hand: R4's code systems, US Core's and our own. Null where a part of one is not (LOINC, SNOMED CT, CPT, the lists of VSAC).</summary>
internal sealed class CountedOut
{
    private readonly Dictionary<string, JsonObject> _byUrl = new(StringComparer.Ordinal);

    internal CountedOut()
    {
        var r4 = ProfileFolder.R4(Repository.Root);
        foreach (var file in (string[])["valuesets.json", "v3-codesystems.json", "v2-tables.json"])
            AddAll(JsonFiles.Read(Path.Combine(r4, file)).Objects("entry").Select(entry => entry["resource"]!.AsObject()));
        AddAll(JsonFiles.ReadAny(Repository.Path("fhir-profiles", "us-core-7", "terminology.json")) switch { JsonArray many => many.OfType<JsonObject>(), var bundle => bundle.Objects("entry").Select(entry => entry["resource"]!.AsObject()) });
        AddAll(TheGuide.All);
    }

    /// <returns>System and code of each.</returns>
    internal HashSet<(string System, string Code)>? Of(string valueSet)
    {
        if (_byUrl.GetValueOrDefault(Bare(valueSet)) is not { } set || set["compose"] is not { } compose)
            return null;

        HashSet<(string, string)> all = [];
        foreach (var include in compose.Objects("include"))
        {
            if (Included(include) is not { } some)
                return null;
            all.UnionWith(some);
        }

        foreach (var exclude in compose.Objects("exclude"))
            all.ExceptWith(Included(exclude) ?? []);
        return all;
    }

    private IEnumerable<(string, string)>? Included(JsonObject include)
    {
        if (include["valueSet"] is JsonArray sets)
            return sets.Select(one => Of(one!.GetValue<string>())).ToList() is var others && others.TrueForAll(one => one is not null) ? others.SelectMany(one => one!) : null;

        var system = Bare(include.Text("system")!);
        if (include["concept"] is not null)
            return include.Objects("concept").Select(concept => (system, concept.Text("code")!));
        if (_byUrl.GetValueOrDefault(system) is not { } codes || codes.Text("content") != "complete")
            return null;

        return include.Objects("filter").ToList() switch
        {
            [] => codes.Objects("concept").SelectMany(WithAllUnder).Select(code => (system, code)),
            [var filter] when filter.Text("property") == "concept" && filter.Text("op") == "is-a" =>
                codes.Objects("concept").SelectMany(concept => Found(concept, filter.Text("value")!)).SelectMany(WithAllUnder).Select(code => (system, code)),
            _ => null,
        };
    }

    private static IEnumerable<string> WithAllUnder(JsonObject concept) => concept.Objects("concept").SelectMany(WithAllUnder).Prepend(concept.Text("code")!);

    private static IEnumerable<JsonObject> Found(JsonObject concept, string code) => concept.Text("code") == code ? [concept] : concept.Objects("concept").SelectMany(one => Found(one, code));

    private void AddAll(IEnumerable<JsonObject> resources)
    {
        foreach (var one in resources.Where(one => one.Text("resourceType") is "ValueSet" or "CodeSystem"))
            _byUrl[one.Text("url")!] = one;
    }

    private static string Bare(string canonical) => canonical.Split('|')[0];
}
