using System.Text.Json.Nodes;
using ChwFhir.Chart;

namespace ChwFhir.Api.Fhir;

/// <summary>One parameter of a search as it was asked: any of its values will do. Criteria of a search must all be met.</summary>
internal sealed record Criterion(SearchParameter Parameter, string? Modifier, IReadOnlyList<SearchValue> Values)
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "ge", "lt", "le", "sa", "eb", "ap"];

    /// <summary>Null, or what is wrong with it.</summary>
    public string? Fault()
    {
        if (Modifier is not (null or "missing") && !(Modifier == "not" && Parameter.Kind == ParameterKind.Token))
            return Parameter.Kind == ParameterKind.Token ? "Of the modifiers :not and :missing are known here." : "Of the modifiers :missing is known here.";
        if (Modifier == "missing")
            return Values is [{ Whole: "true" or "false" }] ? null : ":missing is true or false.";
        if (Values.Any(value => value.Whole.Length == 0))
            return "It has no value.";
        if (Parameter.Kind == ParameterKind.Date && Values.Any(value => !DateSpan.TryRead(Date(value.Whole).Text, out _)))
            return "A date or time as FHIR writes it, whole or in part, perhaps behind one of " + string.Join(", ", Prefixes) + ".";
        return null;
    }

    /// <param name="resource">As it is shown: its references lead to where they can be read.</param>
    public bool IsMetBy(JsonObject resource)
    {
        var there = Parameter.Paths.SelectMany(path => ElementPath.Values(resource, path)).ToList();
        return Modifier switch
        {
            "missing" => (there.Count == 0) == (Values[0].Whole == "true"),
            "not" when Parameter.Name == "_id" => !IsOne(resource),
            "not" => !there.Any(node => Values.Any(value => IsToken(node, value))),
            _ when Parameter.Name == "_id" => IsOne(resource),
            _ => there.Any(node => Values.Any(value => Is(node, value))),
        };
    }

    private bool IsOne(JsonObject resource) => Values.Any(value => RecordIds.AreSame(ElementPath.Text(resource["id"])!, value.Whole));

    private bool Is(JsonNode node, SearchValue value) => Parameter.Kind switch
    {
        ParameterKind.Token => IsToken(node, value),
        ParameterKind.Date => DateSpan.Of(node) is { } span && Date(value.Whole) is var (prefix, text) && DateSpan.TryRead(text, out var asked) && span.Is(prefix, asked),
        _ => IsReference(ElementPath.Text(node) ?? ElementPath.Text((node as JsonObject)?["reference"]), value.Whole),
    };

    private static (string Prefix, string Text) Date(string value) => Prefixes.FirstOrDefault(one => value.StartsWith(one, StringComparison.Ordinal)) is { } prefix ? (prefix, value[2..]) : ("eq", value);

    // system|code, |code (no system), code, and system| (any code of it).
    private static bool IsToken(JsonNode node, SearchValue value)
    {
        if (node is JsonObject concept && concept["coding"] is JsonArray codings)
            return codings.OfType<JsonObject>().Any(coding => IsToken(coding, value));
        var (system, code) = node switch
        {
            JsonObject coded => (ElementPath.Text(coded["system"]), ElementPath.Text(coded["code"]) ?? ElementPath.Text(coded["value"])),
            // A code of a required list: the element says of which.
            _ => (null, ElementPath.Text(node) ?? node.ToJsonString()),
        };
        return value switch
        {
            { System: null } => value.Code == code,
            { Code: "" } => node is JsonObject && value.System == system,
            _ => value.Code == code && (node is not JsonObject || (value.System.Length == 0 ? system is null : value.System == system)),
        };
    }

    // Type/id, id, or the whole address; what is here, by whichever of the notes that tell it.
    private static bool IsReference(string? reference, string value)
    {
        if (reference is null || reference == value)
            return reference is not null;
        if (value.Contains(':', StringComparison.Ordinal))
            return false;
        if (reference.EndsWith($"/{value}", StringComparison.Ordinal))
            return true;
        return reference.Split('/') is [var type, var id] && (value.Split('/') is [var askedType, var asked] ? (askedType == type, asked) : (true, value)) is (true, var number) && RecordIds.AreSame(id, number);
    }
}
