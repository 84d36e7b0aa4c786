using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Search;

/// <summary>Reads out of a resource what it shall be found by.</summary>
internal sealed class Indexer(ServerAddress address)
{
    public IndexedValues Read(string type, JsonObject resource)
    {
        var values = new IndexedValues();
        foreach (var parameter in SearchParameters.Of(type))
            foreach (var node in parameter.Paths.SelectMany(path => resource.At(path)))
                Add(values, parameter, node);
        return values;
    }

    private void Add(IndexedValues values, SearchParameter parameter, JsonNode node)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Token:
                foreach (var (system, value) in Tokens(node))
                    values.Tokens.Add((parameter.Name, system, value));
                break;
            case ParameterKind.Uri when node.String() is { } uri:
                values.Tokens.Add((parameter.Name, "", uri));
                break;
            case ParameterKind.String:
                foreach (var text in Texts(node))
                    values.Texts.Add((parameter.Name, text));
                break;
            case ParameterKind.Date:
                foreach (var range in Ranges(node))
                    values.Dates.Add((parameter.Name, range));
                break;
            case ParameterKind.Reference when node is JsonObject reference:
                AddReference(values, parameter, reference);
                break;
        }
    }

    private void AddReference(IndexedValues values, SearchParameter parameter, JsonObject reference)
    {
        var target = Reference.Read(reference["reference"].String(), address);
        if (target is not null && (parameter.Target is null || parameter.Target == target.Type || (target.Type.Length == 0 && target.Id.Contains($"/{parameter.Target}/", StringComparison.Ordinal))))
            values.References.Add((parameter.Name, target.Type, target.Id));
        if (reference["identifier"] is JsonObject identifier && identifier["value"].String() is { } value)
            values.Tokens.Add(($"{parameter.Name}:identifier", identifier["system"].String() ?? "", value));
    }

    // A null system is that of a plain code, whose system the element itself implies; "" means that there is none.
    private static IEnumerable<(string? System, string Value)> Tokens(JsonNode node) => node switch
    {
        JsonValue value => [(null, value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString())],
        JsonObject concept when concept["coding"] is JsonArray codings => codings.OfType<JsonObject>().SelectMany(Tokens),
        JsonObject coding when coding["code"].String() is { } code => [(coding["system"].String() ?? "", code)],
        JsonObject identifier when identifier["value"].String() is { } value => [(identifier["system"].String() ?? "", value)],
        _ => []
    };

    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        JsonObject name => new[] { "text", "family", "given", "prefix", "suffix" }.SelectMany(part => name.At(part)).Select(part => part.String()).OfType<string>(),
        _ => []
    };

    private static IEnumerable<TimeRange> Ranges(JsonNode node) => node switch
    {
        JsonObject timing when timing["event"] is not null || timing["repeat"] is not null =>
            timing.At("event").Concat(timing.At("repeat.boundsPeriod")).SelectMany(Ranges),
        JsonObject period when period["start"] is not null || period["end"] is not null =>
            [new(TimeRange.Read(period["start"].String())?.Low ?? TimeRange.Always.Low, TimeRange.Read(period["end"].String())?.High ?? TimeRange.Always.High)],
        _ => TimeRange.Read(node.String()) is { } range ? [range] : []
    };
}
