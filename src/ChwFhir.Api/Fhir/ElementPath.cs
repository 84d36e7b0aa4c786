using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>The values at a place of a resource: members with dots between.</summary>
internal static class ElementPath
{
    public static IEnumerable<JsonNode> Values(JsonNode? from, string path)
    {
        IEnumerable<JsonNode> here = Each(from);
        foreach (var member in path.Split('.'))
            here = here.OfType<JsonObject>().SelectMany(one => Each(one[member]));
        return here;
    }

    /// <summary>A value that is text.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<JsonNode> Each(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>(),
        _ => [node],
    };
}
