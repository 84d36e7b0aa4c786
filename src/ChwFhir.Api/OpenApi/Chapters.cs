using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>The order in which the API is told: what it is for first.</summary>
internal sealed class Chapters : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        List<OpenApiTag> told =
        [
            new() { Name = "Visit notes", Description = "A note in, and what became of it." },
            new() { Name = "After-visit summaries", Description = "What a patient was given to take home, in any form: in, and what became of it." },
            new() { Name = "Completed screenings", Description = "FHIR QuestionnaireResponses: in, scored, and what became of them." },
            new() { Name = "Imports", Description = "Many documents at once." },
            new() { Name = "Messages", Description = "What people are told, from the moment a note is taken; what they answer." },
            new() { Name = "Patients", Description = "Who is in the EHR." },
            new() { Name = "FHIR", Description = "The same as FHIR R4 resources: what the notes became, also what the EHR has no place for." },
            new() { Name = "Delivery", Description = "The supervisor's desk: what waits and why, and a hand on the writes." },
            new() { Name = "Schema", Description = "What this server takes." },
            new() { Name = "Running it", Description = "For whoever keeps it up." },
        ];
        swaggerDoc.Tags = told.ToHashSet();
    }
}
