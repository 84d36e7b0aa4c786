using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox;

internal static class Json
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 100, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 110 };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    public static string Text(this JsonNode node) => node.ToJsonString(Plain);

    public static string Pretty(this JsonNode node) => node.ToJsonString(Indented);

    /// <summary>Reads what the server itself has stored.</summary>
    public static JsonObject Stored(string json) => JsonNode.Parse(json, documentOptions: Reading)!.AsObject();

    /// <summary>Reads what a caller sent; says what is wrong with it instead of a node.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        try
        {
            var text = Utf8.GetString(bytes);
            if (JsonNode.Parse(text, documentOptions: Reading) is not JsonObject node)
            {
                fault = "The body is not a JSON object.";
                return null;
            }
            ReadEveryString(node);
            return node;
        }
        catch (DecoderFallbackException)
        {
            fault = "The body is not UTF-8.";
        }
        catch (JsonException wrong)
        {
            fault = $"The body is not JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.";
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            fault = "The body holds a text that is not Unicode (a lone surrogate).";
        }
        return null;
    }

    public static string? String(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static JsonArray Array(this JsonNode? node) => node as JsonArray ?? [];

    public static IEnumerable<JsonObject> Objects(this JsonNode? node) => node switch
    {
        JsonArray array => array.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => []
    };

    /// <summary>The values at a dotted path, lists flattened.</summary>
    public static IEnumerable<JsonNode> At(this JsonNode node, string path)
    {
        IEnumerable<JsonNode> nodes = [node];
        foreach (var step in path.Split('.'))
            nodes = nodes.OfType<JsonObject>().Select(parent => parent[step]).SelectMany(Flat);
        return nodes;
    }

    private static IEnumerable<JsonNode> Flat(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.Where(item => item is not null).Select(item => item!),
        _ => [node]
    };

    // Strings are decoded only when asked for; asking here keeps a bad one from surfacing later.
    private static void ReadEveryString(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject parent:
                foreach (var (_, child) in parent)
                    ReadEveryString(child);
                break;
            case JsonArray list:
                foreach (var child in list)
                    ReadEveryString(child);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }
}
