using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>What validation asks of an element, in one line: <c>subject 1..1 Reference → Patient|Group</c>, with <c>∈</c> the value set of a required binding.</summary>
internal static class RuleFacts
{
    private const string FhirType = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

    // What every type inherits stands with the classes written by hand.
    private static readonly HashSet<string> Inherited = ["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6"];

    public static string Of(JsonElement element, string? component, Definitions definitions)
    {
        var path = element.Text("path")!;
        var types = component is null ? element.Items("type").Select(type => Type(type, definitions)).Distinct() : [component];
        var rule = $"{path[(path.LastIndexOf('.') + 1)..]} {element.GetProperty("min").GetInt32()}..{element.Text("max")} {string.Join('|', types)}";
        var targets = element.Items("type").SelectMany(type => type.Items("targetProfile")).Select(target => target.GetString()!.Split('/')[^1]).Distinct().ToList();
        if (targets.Count > 0 && !targets.Contains("Resource") && element.Items("type").All(type => type.Text("code") != "canonical"))
            rule += " → " + string.Join('|', targets);
        if (EnumReader.RequiredValueSet(element) is { } valueSet)
            rule += " ∈ " + valueSet;

        return rule;
    }

    /// <summary>The keys of the rules on a class and on those members of it that are no classes themselves; a question mark behind a warning.</summary>
    public static List<string> Invariants(string path, List<JsonElement> elements, Dictionary<string, string> components)
    {
        var own = elements.Where(element => element.Text("path") is { } at
            && (at == path || (at.StartsWith(path + ".", StringComparison.Ordinal) && !at[(path.Length + 1)..].Contains('.') && !components.ContainsKey(at))));

        return [.. own.SelectMany(element => element.Items("constraint"))
            .Where(constraint => path == "Extension" ? constraint.Text("key") != "ele-1" : !Inherited.Contains(constraint.Text("key")!))
            .Select(constraint => constraint.Text("key") + (constraint.Text("severity") == "error" ? "" : "?"))
            .Distinct()];
    }

    private static string Type(JsonElement type, Definitions definitions)
    {
        var code = type.Text("code")!;
        if (code.StartsWith("http://hl7.org/fhirpath/System.", StringComparison.Ordinal))
            return type.Items("extension").FirstOrDefault(extension => extension.Text("url") == FhirType) is { ValueKind: JsonValueKind.Object } said ? said.Text("valueUrl") ?? "string" : "string";
        if (type.Items("profile").Any(profile => profile.GetString()!.EndsWith("/SimpleQuantity", StringComparison.Ordinal)))
            return "SimpleQuantity";

        return definitions.Types[code].Text("kind") == "resource" ? "Resource" : code;
    }
}
