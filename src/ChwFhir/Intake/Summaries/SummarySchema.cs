using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;

namespace ChwFhir.Intake.Summaries;

/// <summary>The JSON Schema (draft 2020-12) of the after-visit summary. It is made from the same description that <see cref="JsonSummaryReader"/> reads by.</summary>
public static class SummarySchema
{
    public const string Id = "urn:chwfhir:schema:after-visit-summary:1";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text.</summary>
    public static string Json { get; } = Write();

    private static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Id,
            ["title"] = "After-visit summary",
            ["description"] = "What a patient was given to take home after a visit to a clinic, schema version 1. The patient stands here or in the header X-Chw-Patient.",
        };
        foreach (var (keyword, value) in SummaryParts.Shape.Schema().ToList())
            schema[keyword] = value?.DeepClone();
        schema["anyOf"] = SummaryRules.Schema();
        return schema.ToJsonString(Readable);
    }
}
