using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Api.VisitNotes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ChwFhir.Api.OpenApi;

/// <summary>Bodies that work when pressed: the sample notes, and somebody who lives in the sandbox.</summary>
internal sealed class Examples(SampleNotes samples) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody?.Content?.TryGetValue(Media.Json, out var described) != true || described is not OpenApiMediaType body)
            return;

        switch (operation.OperationId)
        {
            case "retractVisitNote" or "retractAfterVisitSummary" or "retractQuestionnaireResponse":
                body.Examples = new Dictionary<string, IOpenApiExample>
                {
                    ["error"] = Example("It should not have been written", """{ "reason": "entered-in-error" }"""),
                    ["patient"] = Example("It is somebody else's", """{ "reason": "wrong-patient", "rightPatient": { "reference": "Patient/walter-b" } }"""),
                };
                break;
            case "tickOffRemoval" or "tickOffRemovalOfAfterVisitSummary" or "tickOffRemovalOfQuestionnaireResponse":
                body.Examples = new Dictionary<string, IOpenApiExample> { ["note"] = Example("The note document is out", """{ "key": "note" }""") };
                break;
            case "amendVisitNote":
                body.Schema = new OpenApiSchemaReference(TheNoteItself.Name, context.Document);
                break;
            case "receiveAfterVisitSummary" or "previewAfterVisitSummary":
                body.Schema = new OpenApiSchemaReference(TheNoteItself.Summary, context.Document);
                body.Examples = samples.Summaries.ToDictionary(sample => sample.Name, sample => Example(sample.Title, sample.Json));
                break;
            case "receiveQuestionnaireResponse" or "previewQuestionnaireResponse":
                body.Examples = samples.Screenings.ToDictionary(sample => sample.Name, sample => Example(sample.Title, sample.Json));
                break;
            case "receiveVisitNote" or "previewVisitNote":
                body.Schema = new OpenApiSchemaReference(TheNoteItself.Name, context.Document);
                body.Examples = samples.All.ToDictionary(sample => sample.Name, sample => Example(sample.Title, sample.Json));
                break;
            case "resolveVisitNote" or "resolveAfterVisitSummary" or "resolveQuestionnaireResponse":
                body.Examples = new Dictionary<string, IOpenApiExample>
                {
                    ["written"] = Example("The EHR has it", """{ "key": "note", "decision": "written", "reference": "DocumentReference/eNote1" }"""),
                    ["sendAgain"] = Example("Send it once more", """{ "key": "message/m1", "decision": "send-again" }"""),
                    ["close"] = Example("Close it unwritten", """{ "key": "concern/food", "decision": "close-unwritten", "reason": "entered by hand in the meantime" }"""),
                    ["encounter"] = Example("The encounter of the visit", """{ "key": "encounter", "decision": "use-encounter", "encounter": "Encounter/eVisit1" }"""),
                    ["chart"] = Example("The surviving chart", """{ "key": "patient", "decision": "written", "reference": "Patient/eSurvivor" }"""),
                };
                break;
            case "searchPatients":
                body.Examples = new Dictionary<string, IOpenApiExample>
                {
                    ["name"] = Example("By name", """{ "name": "Maldonado" }"""),
                    ["nameAndBirthDate"] = Example("By name and birth date", """{ "name": "Larsen", "birthDate": "1957-06-12" }"""),
                    ["identifier"] = Example("By medical record number", """{ "identifier": "urn:oid:2.16.840.1.113883.19.5.90.1|100231" }"""),
                };
                break;
        }
    }

    private static IOpenApiExample Example(string title, string json) => new OpenApiExample { Summary = title, Value = JsonNode.Parse(json) };
}
