using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>Which required bindings become enums, where they stand, and with what codes. Judged over all of R4, not over the types that are written.</summary>
internal sealed class EnumReader
{
    // Open-ended or huge: a plain code, as in Firely's model.
    private static readonly HashSet<string> LeftAsCodes =
    [
        "http://hl7.org/fhir/ValueSet/mimetypes",
        "http://hl7.org/fhir/ValueSet/all-languages",
        "http://hl7.org/fhir/ValueSet/ucum-units",
    ];

    // Nested by the rule, yet standing on their own in Firely's model.
    private static readonly HashSet<string> AlwaysShared =
    [
        "http://hl7.org/fhir/ValueSet/messageheader-response-request",
        "http://hl7.org/fhir/ValueSet/concept-map-equivalence",
        "http://hl7.org/fhir/ValueSet/constraint-severity",
    ];

    private readonly Definitions _definitions;
    private readonly Dictionary<string, SortedSet<string>> _boundFrom = [];
    private readonly Dictionary<string, EnumModel?> _enums = [];

    public EnumReader(Definitions definitions)
    {
        _definitions = definitions;
        foreach (var (type, definition) in definitions.Types)
        {
            foreach (var element in definition.GetProperty("snapshot").Items("element"))
            {
                if (RequiredValueSet(element) is { } valueSet && element.GetProperty("base").Text("path")!.StartsWith(type + ".", StringComparison.Ordinal))
                    (_boundFrom.TryGetValue(valueSet, out var types) ? types : _boundFrom[valueSet] = []).Add(type);
            }
        }
    }

    public static string? RequiredValueSet(JsonElement element) =>
        element.TryGetProperty("binding", out var binding) && binding.Text("strength") == "required" ? binding.Text("valueSet")?.Split('|')[0] : null;

    public EnumModel? For(string valueSet)
    {
        if (!_enums.TryGetValue(valueSet, out var known))
            _enums[valueSet] = known = Read(valueSet);

        return known;
    }

    private EnumModel? Read(string valueSet)
    {
        if (LeftAsCodes.Contains(valueSet) || _definitions.ValueSet(valueSet) is not { } definition)
            return null;

        var codes = new List<(string System, string Code)>();
        if (!Expand(definition, codes) || codes.Count == 0)
            return null;

        var shared = AlwaysShared.Contains(valueSet) || _boundFrom[valueSet].Count > 1;

        return new EnumModel(
            Naming.Enum(valueSet, definition.Text("name")!),
            shared ? null : Naming.Class(_boundFrom[valueSet].Single()),
            valueSet,
            [.. codes.DistinctBy(code => code.Code)]);
    }

    private bool Expand(JsonElement valueSet, List<(string System, string Code)> codes)
    {
        if (!valueSet.TryGetProperty("compose", out var compose))
            return false;

        foreach (var include in compose.Items("include"))
        {
            foreach (var other in include.Items("valueSet"))
            {
                if (_definitions.ValueSet(other.GetString()!) is not { } nested || !Expand(nested, codes))
                    return false;
            }

            if (include.Text("system") is { } system && !ExpandSystem(include, system, codes))
                return false;
        }

        foreach (var exclude in compose.Items("exclude"))
        {
            var out_ = exclude.Items("concept").Select(concept => concept.Text("code")).ToHashSet();
            codes.RemoveAll(code => out_.Contains(code.Code));
        }

        return true;
    }

    private bool ExpandSystem(JsonElement include, string system, List<(string System, string Code)> codes)
    {
        var listed = include.Items("concept").Select(concept => concept.Text("code")!).ToList();
        if (listed.Count > 0)
        {
            codes.AddRange(listed.Select(code => (system, code)));
            return true;
        }

        if (_definitions.CodeSystem(system) is not { } definition || definition.Text("content") is "not-present" or "fragment")
            return false;

        var filters = include.Items("filter").ToList();
        if (filters.Any(filter => filter.Text("op") != "is-a"))
            return false;

        var roots = filters.Select(filter => filter.Text("value")!).ToHashSet();
        AddConcepts(definition, system, roots, roots.Count == 0, codes);

        return true;
    }

    private static void AddConcepts(JsonElement parent, string system, HashSet<string> roots, bool within, List<(string System, string Code)> codes)
    {
        foreach (var concept in parent.Items("concept"))
        {
            var code = concept.Text("code")!;
            var taken = within || roots.Contains(code) || concept.Items("property").Any(property => property.Text("code") == "subsumedBy" && roots.Contains(property.Text("valueCode") ?? ""));
            if (taken)
                codes.Add((system, code));
            AddConcepts(concept, system, roots, taken, codes);
        }
    }
}
