using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Rules;

/// <summary>What has to hold for any resource before it is kept.</summary>
internal static class Shape
{
    private const int Told = 50;

    public static IEnumerable<JsonObject> Faults(string type, JsonObject resource)
    {
        if (resource["resourceType"].String() != type)
            return [Outcome.Issue("error", "invalid", $"The resourceType in the body is not {type}.", "resourceType")];
        return Empty(resource, type).Take(Told);
    }

    // FHIR JSON has no nulls (but to align lists of primitives), no empty texts, lists or objects.
    private static IEnumerable<JsonObject> Empty(JsonNode? node, string path) => node switch
    {
        null => [Outcome.Issue("error", "structure", "FHIR JSON has no null here.", path)],
        JsonObject { Count: 0 } => [Outcome.Issue("error", "structure", "An object may not be empty.", path)],
        JsonArray { Count: 0 } => [Outcome.Issue("error", "structure", "A list may not be empty.", path)],
        JsonObject parent => parent.SelectMany(child => Empty(child.Value, $"{path}.{child.Key}")),
        JsonArray list => list.SelectMany((child, i) => child is null ? [] : Empty(child, $"{path}[{i}]")),
        _ => node.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(node.GetValue<string>()) ? [Outcome.Issue("error", "structure", "A text may not be empty.", path)] : []
    };
}
