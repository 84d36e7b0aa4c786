using System.Text.Json.Nodes;
using ChwFhir.Delivery;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>What the types alone do not say: the closed lists and the members that problems carry.</summary>
internal sealed class WordsOfTheContract : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema own)
            return;
        if (context.Type == typeof(NoteStatus))
            Close(own, "state", Words.All<NoteState>());
        if (context.Type == typeof(ResourceStatus))
            Close(own, "state", Words.All<ResourceState>());
        if (context.Type == typeof(MessageStatus) || context.Type == typeof(CareTeam.MessageView))
            Close(own, "reach", ["waiting", "notified", "opened", "taken", "closed"]);
        if (context.Type == typeof(NoteSuggestion))
        {
            Close(own, "kind", ["concern", "symptom", "goal", "follow-up"]);
            Close(own, "state", ["proposed", "accepted", "refused"]);
        }
        if (context.Type == typeof(PlanLine))
            Close(own, "will", ["create", "update", "fold", "keep", "use-existing"]);
        if (context.Type == typeof(NoteIssue))
            Close(own, "severity", ["information", "warning", "error"]);
        if (context.Type == typeof(EndpointReport))
            Close(own, "state", [EndpointState.Up, EndpointState.Resting, EndpointState.Probing, EndpointState.Stopped]);
        if (context.Type == typeof(CircuitReport) || context.Type == typeof(EndpointReport))
            Close(own, "circuit", [CircuitReport.Closed, CircuitReport.Open, CircuitReport.HalfOpen]);
        if (context.Type == typeof(AttemptOutcome))
            Close(own, "word", Words.All<OutcomeWord>());
        if (context.Type == typeof(ProblemDetails))
            Problem(own);
    }

    private static void Close(OpenApiSchema schema, string member, IEnumerable<string> words)
    {
        if (schema.Properties?.TryGetValue(member, out var property) == true && property is OpenApiSchema own)
            own.Enum = [.. words.Select(word => (JsonNode)word)];
    }

    private static void Problem(OpenApiSchema schema)
    {
        schema.Description = "A problem document (RFC 9457). It repeats nothing of the input.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A stable word for programs." };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array | JsonSchemaType.Null,
            Description = "With 400 and 422: one entry per fault, all at once.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["pointer"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "JSON Pointer (RFC 6901) into what was sent." },
                    ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };
        schema.Properties["retryAfter"] = new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Description = "With 429 and 503: seconds, as in Retry-After." };
    }
}
