using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>JSON as the files of this project write it: two spaces, no escapes that a reader would have to undo, a line end at the end.</summary>
public static class JsonFiles
{
    private static readonly JsonSerializerOptions Wide = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Narrow = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Read(string file) => ReadAny(file).AsObject();

    public static JsonNode ReadAny(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    public static string? Text(this JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static IEnumerable<JsonObject> Objects(this JsonNode node, string name) => node[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    public static string Indented(JsonNode node) => node.ToJsonString(Wide) + "\n";

    public static string OnOneLine(JsonNode node) => node.ToJsonString(Narrow);

    /// <summary>A definition with each of its elements on a line of its own, what is written by hand before what is made of it.</summary>
    public static string OfDefinition(JsonObject definition)
    {
        var head = definition.DeepClone().AsObject();
        head.Remove("differential");
        head.Remove("snapshot");
        var text = head.ToJsonString(Wide)[..^2];
        foreach (var part in (string[])["differential", "snapshot"])
        {
            if (definition[part] is { } elements)
                text += $",\n  \"{part}\": {{\n    \"element\": [\n{string.Join(",\n", elements.Objects("element").Select(element => "      " + OnOneLine(element)))}\n    ]\n  }}";
        }

        return text + "\n}\n";
    }
}
