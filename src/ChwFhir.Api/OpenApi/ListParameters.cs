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

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
