using ChwFhir.Api.Messages;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>What may stand in the address: the ids and the filters of the list, which are read by hand so that each fault can be named.</summary>
internal sealed class ListParameters : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (parameter.Description, parameter.Schema) = parameter.Name switch
            {
                "id" when context.ApiDescription.RelativePath?.StartsWith("fhir/", StringComparison.Ordinal) is true => ("The resource's id, as a search gave it.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9.-]{1,64}$" }),
                "id" when IsOf(context, "messages") => ("The message's number.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9]+$" }),
                "id" when IsOf(context, "patients") => ("The patient's FHIR id.", Text()),
                "to" => ("Only messages to this recipient: a word as nurse, or a FHIR reference.", Text()),
                "state" when IsOf(context, "messages") => ("Which of them.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. MessageListQuery.States.Select(word => (System.Text.Json.Nodes.JsonNode)word)], Default = "open" }),
                "patient" when IsOf(context, "messages") => ("Only messages about this patient: Patient/….", Text()),
                "limit" when IsOf(context, "messages") => ("Messages a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }),
                "limit" when IsOf(context, "patients") => ("Things a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }),
                "instrument" => ("Which instrument.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Words.All<Instrument>().Select(word => (System.Text.Json.Nodes.JsonNode)word)] }),
                "kind" => ("Which kind of input.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["visit-note", "after-visit-summary"] }),
                "id" when IsOf(context, "after-visit-summaries") => ("The summary's id: its caller's, else the document's own, else its content's.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$" }),
                "id" when IsOf(context, "questionnaire-responses") => ("The screening's id: its caller's, else that of its identifier, else its content's.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$" }),
                "id" => ("The note's own id, as its caller gave it.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$" }),
                "name" => ("The endpoint's name, as GET /delivery tells it.", Text()),
                "patient" => ("Only notes of this patient: Patient/….", Text()),
                "author" => ("Only notes of this author: Practitioner/….", Text()),
                "state" => ("Only notes in this state.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Words.All<NoteState>().Select(word => (System.Text.Json.Nodes.JsonNode)word)] }),
                "since" => ("Only notes received at or after this time.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }),
                "limit" => ("Notes a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }),
                "cursor" => ("The next of the page before.", Text()),
                _ => (parameter.Description, parameter.Schema as OpenApiSchema ?? Text()),
            };
        }
    }

    private static bool IsOf(OperationFilterContext context, string resource) =>
        context.ApiDescription.RelativePath?.StartsWith($"api/v1/{resource}", StringComparison.Ordinal) is true;

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
