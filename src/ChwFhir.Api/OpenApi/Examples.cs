using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Api.VisitNotes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>Bodies that work when pressed: the sample notes, for patients who are in the sandbox.</summary>
internal sealed class Examples(SampleNotes samples) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId is "receiveVisitNote" or "previewVisitNote"
            && operation.RequestBody?.Content?.TryGetValue(Media.Json, out var body) == true
            && body is OpenApiMediaType note)
        {
            note.Examples = samples.All.ToDictionary(
                sample => sample.Name,
                IOpenApiExample (sample) => new OpenApiExample { Summary = sample.Title, Value = JsonNode.Parse(sample.Json) });
        }
    }
}
