using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>The JSON Schema (draft 2020-12) of what a caller may hand in.</summary>
internal static class ContractSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="shape">The description by which it is read.</param>
    /// <param name="anyOf">What has to be said of several things.</param>
    public static string Write(string id, string title, string description, JsonObject shape, JsonNode anyOf)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = id,
            ["title"] = title,
            ["description"] = description,
        };
        foreach (var (keyword, value) in shape)
            schema[keyword] = value?.DeepClone();
        schema["anyOf"] = anyOf;
        return schema.ToJsonString(Readable);
    }
}
