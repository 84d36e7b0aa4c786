using ChwFhir.Api.Inputs;
using Microsoft.OpenApi;

namespace ChwFhir.Api.OpenApi;

/// <summary>The API described by itself, and the page on which it can be tried.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(document =>
        {
            document.SwaggerDoc(Name, new OpenApiInfo
            {
                Title = "ChwFhir",
                Version = Name,
                Description = "Takes the notes of community health workers' visits, maps them to FHIR R4 and writes them back to the EHR: nothing lost, nothing twice. Every error is a problem document (RFC 9457), under /fhir an OperationOutcome.",
            });
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "ChwFhir*.xml"))
                document.IncludeXmlComments(file);
            document.SupportNonNullableReferenceTypes();
            document.NonNullableReferenceTypesAsRequired();
            document.MapType<RawJson>(() => new OpenApiSchema { Type = JsonSchemaType.Object, Description = "A FHIR R4 resource." });
            document.SchemaFilter<WordsOfTheContract>();
            document.DocumentFilter<TheNoteItself>();
            document.DocumentFilter<Chapters>();
            document.OperationFilter<Examples>();
            document.OperationFilter<ListParameters>();
        });
    }

    public static void UseApiDocument(this WebApplication app)
    {
        app.UseSwagger(swagger => swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint($"/swagger/{Name}/swagger.json", "ChwFhir v1");
            page.DocumentTitle = "ChwFhir API";
            page.EnableTryItOutByDefault();
            page.DisplayRequestDuration();
            page.DefaultModelsExpandDepth(0);
        });
    }
}
