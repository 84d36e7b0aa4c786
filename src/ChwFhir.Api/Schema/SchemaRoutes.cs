using ChwFhir.Api.Host;
using ChwFhir.Intake;

namespace ChwFhir.Api.Schema;

/// <summary>The JSON Schemas of what this server takes.</summary>
internal static class SchemaRoutes
{
    public const string ContentType = "application/schema+json";

    public static void MapSchema(this IEndpointRouteBuilder api) =>
        api.MapGet("/schema", () => TypedResults.Text(VisitNoteSchema.Json, ContentType))
            .AllowAnonymous()
            .WithTags("Schema")
            .WithName("readSchema")
            .WithSummary("JSON Schema of the visit note")
            .WithDescription("Draft 2020-12, made from the same description that notes are read by: what it lists is what is taken.")
            .Produces<object>(StatusCodes.Status200OK, ContentType);
}
