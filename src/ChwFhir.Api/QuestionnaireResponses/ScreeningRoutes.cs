using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Inputs;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.QuestionnaireResponses;

/// <summary>Completed screenings as FHIR QuestionnaireResponse: in, what they would become, what became of them.</summary>
internal static class ScreeningRoutes
{
    private const string FhirXml = "application/fhir+xml";
    internal static readonly InputRoute Route = new("questionnaire-responses", InputKind.Screening, "screening", "QuestionnaireResponse");

    private const string What = "A FHIR R4 QuestionnaireResponse (`application/fhir+json`, `application/json`, `application/fhir+xml`) of one of the instruments whose Questionnaires stand under `/api/v1/schema/questionnaires`; forms of others are understood by their codes. "
        + "`X-Chw-Patient`, `X-Chw-Encounter` and `X-Chw-Document-Id` say whose it is, of which visit and under which id where the response itself cannot; else its id is that of its identifier.";

    public static void MapQuestionnaireResponses(this IEndpointRouteBuilder api)
    {
        var screenings = api.MapGroup($"/{Route.Path}").WithTags("Completed screenings");

        screenings.MapPost("/", ReceiveAsync)
            .TakesResponses().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.FhirJson, Media.Json, FhirXml)
            .For(May.HandIn).WithName("receiveQuestionnaireResponse")
            .WithSummary("Take a completed screening")
            .WithDescription($"Checks the answers against the instrument, keeps the response durably and answers; then scores it, maps it and writes it back to the EHR in the background. {What} Sending the same again is safe.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .Produces<NoteStatus>()
            .ProducesProblems(400, 406, 409, 413, 415, 422, 429, 503);

        screenings.MapPost("/preview", PreviewAsync)
            .TakesResponses()
            .Accepts<object>(Media.FhirJson, Media.Json, FhirXml)
            .For(May.HandIn).OnlyReads().WithName("previewQuestionnaireResponse")
            .WithSummary("See what a completed screening would become")
            .WithDescription($"Checks, scores and maps the screening; keeps and writes nothing. {What} With Accept: application/fhir+json (or none) the transaction Bundle alone, with application/json also the document's text, the issues and the plan.")
            .Produces<Preview>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 413, 415, 422);

        screenings.MapInput(Route);
    }

    private static Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> ReceiveAsync(HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        HandingIn.ReceiveAsync(Route, HandingIn.SaidOf(context.Request), context, journey, cancellationToken);

    private static Task<Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult>> PreviewAsync(HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        HandingIn.PreviewAsync(Route, HandingIn.SaidOf(context.Request), context, journey, cancellationToken);

    /// <summary>Anything but FHIR is 415 before a byte is read.</summary>
    private static RouteHandlerBuilder TakesResponses(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        IsResponse(context.HttpContext.Request)
            ? await next(context)
            : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", $"Send {Media.FhirJson}, {Media.Json} or {FhirXml}, not compressed."));

    private static bool IsResponse(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && request.Headers.ContentEncoding.Count == 0
        && (type.MediaType.Equals(Media.FhirJson, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(FhirXml, StringComparison.OrdinalIgnoreCase) || JsonBody.IsJson(request));
}
