using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>The note and the summary are described by their own JSON Schemas, those that they are read by.</summary>
internal sealed class TheNoteItself : IDocumentFilter
{
    public const string Name = "VisitNote";
    public const string Summary = "AfterVisitSummary";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        Add(swaggerDoc, Name, VisitNoteSchema.Json);
        Add(swaggerDoc, Summary, SummarySchema.Json);
    }

    private static void Add(OpenApiDocument swaggerDoc, string name, string json)
    {
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(json, OpenApiSpecVersion.OpenApi3_1, swaggerDoc, out _, "json", new OpenApiReaderSettings())
            ?? throw new InvalidOperationException($"The schema of {name} is no OpenAPI schema.");
        // It stands here under another name.
        (schema.Id, schema.Schema) = (null, null);
        swaggerDoc.AddComponent(name, schema);
    }
}
