using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Api.Schema;

/// <summary>The JSON Schemas of what this server takes: that of the visit note, with the others among its definitions; each also alone under its kind.</summary>
internal static class SchemaRoutes
{
    public const string ContentType = "application/schema+json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> ByKind = new(StringComparer.Ordinal) { ["visit-note"] = VisitNoteSchema.Json, ["after-visit-summary"] = SummarySchema.Json };

    private static readonly string All = Together();

    public static void MapSchema(this IEndpointRouteBuilder api)
    {
        api.MapGet("/schema", () => TypedResults.Text(All, ContentType))
            .AllowAnonymous()
            .WithTags("Schema")
            .ForEverybody().WithName("readSchema")
            .WithSummary("JSON Schemas of what is taken")
            .WithDescription("Draft 2020-12, made from the same description that inputs are read by: what it lists is what is taken. The schema of the visit note; the others stand in its `$defs` under their kinds.")
            .Produces<object>(StatusCodes.Status200OK, ContentType);

        api.MapGet("/schema/{kind}", (string kind) => ByKind.TryGetValue(kind, out var schema) ? Results.Text(schema, ContentType) : Problems.NotFound($"There are schemas of {string.Join(", ", ByKind.Keys)}."))
            .AllowAnonymous()
            .WithTags("Schema")
            .ForEverybody().WithName("readSchemaOf")
            .WithSummary("JSON Schema of one kind of input")
            .WithDescription("`visit-note` or `after-visit-summary`.")
            .Produces<object>(StatusCodes.Status200OK, ContentType)
            .ProducesProblems(404);

        api.MapGet("/schema/questionnaires/{instrument}", (string instrument) => ScreeningQuestionnaires.Json(instrument) is { } questionnaire ? Results.Bytes(questionnaire, Media.FhirJson) : Problems.NotFound($"There are questionnaires of {string.Join(", ", ScreeningQuestionnaires.Names)}."))
            .AllowAnonymous()
            .WithTags("Schema")
            .ForEverybody().WithName("readQuestionnaire")
            .WithSummary("FHIR Questionnaire of one screening instrument")
            .WithDescription("Items, answers, scores and needs, as responses and the screenings of notes are held against it.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson)
            .ProducesProblems(404);
    }

    private static string Together()
    {
        var schema = JsonNode.Parse(VisitNoteSchema.Json)!.AsObject();
        schema["$defs"] = new JsonObject(ByKind.Where(kind => kind.Value != VisitNoteSchema.Json).Select(kind => KeyValuePair.Create(kind.Key, JsonNode.Parse(kind.Value))));
        return schema.ToJsonString(Readable);
    }
}
