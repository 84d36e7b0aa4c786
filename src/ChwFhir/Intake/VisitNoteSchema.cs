using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;

namespace ChwFhir.Intake;

/// <summary>The JSON Schema (draft 2020-12) of the visit note. It is made from the same description that <see cref="VisitNoteReader"/> reads by.</summary>
public static class VisitNoteSchema
{
    public const string Id = "urn:chwfhir:schema:visit-note:1";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text.</summary>
    public static string Json { get; } = Write();

    private static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Id,
            ["title"] = "Visit note",
            ["description"] = "A community health worker's note of one visit, schema version 1.",
        };
        foreach (var (keyword, value) in VisitNotePart.Shape.Schema().ToList())
            schema[keyword] = value?.DeepClone();
        schema["anyOf"] = SomethingIsSaid.Schema();
        return schema.ToJsonString(Readable);
    }
}
