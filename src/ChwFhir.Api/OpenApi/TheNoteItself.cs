using ChwFhir.Intake;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>The note is described by its own JSON Schema, the one that it is read by.</summary>
internal sealed class TheNoteItself : IDocumentFilter
{
    public const string Name = "VisitNote";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(VisitNoteSchema.Json, OpenApiSpecVersion.OpenApi3_1, swaggerDoc, out _, "json", new OpenApiReaderSettings())
            ?? throw new InvalidOperationException("The schema of the visit note is no OpenAPI schema.");
        // It stands here under another name.
        (schema.Id, schema.Schema) = (null, null);
        swaggerDoc.AddComponent(Name, schema);
    }
}
