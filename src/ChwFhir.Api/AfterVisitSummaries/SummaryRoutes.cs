using ChwFhir.Api.Hl7;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Inputs;
using ChwFhir.Intake.Hl7;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.AfterVisitSummaries;

/// <summary>After-visit summaries in any form: in, what they would become, what became of them.</summary>
internal static class SummaryRoutes
{
    internal static readonly InputRoute Route = new("after-visit-summaries", InputKind.AfterVisitSummary, "summary", "AfterVisitSummary");

    private const string Forms = "The media type says the form: JSON, C-CDA (`application/cda+xml`, `application/xml`, `text/xml`), FHIR (`application/fhir+json`: a document Bundle, or a DocumentReference with a document of any of these forms inside), as printed (`text/plain`, `text/html`, `text/markdown`) or HL7 v2 MDM (`x-application/hl7-v2+er7`, answered by an ACK). "
        + "`X-Chw-Patient`, `X-Chw-Encounter` and `X-Chw-Document-Id` say whose it is, of which visit and under which id; a patient whom the document names has to be the same, and is found in the EHR where the header is missing.";

    public static void MapAfterVisitSummaries(this IEndpointRouteBuilder api)
    {
        var summaries = api.MapGroup($"/{Route.Path}").WithTags("After-visit summaries");

        summaries.MapPost("/", ReceiveAsync)
            .TakesForms().RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.Json, [.. SummaryReader.MediaTypes.Where(type => type != Media.Json)])
            .For(May.HandIn).WithName("receiveAfterVisitSummary")
            .WithSummary("Take an after-visit summary")
            .WithDescription($"Checks the summary, keeps it durably and answers; then maps it and writes it back to the EHR in the background. {Forms} Sending the same again is safe. A summary that the EHR holds already is not filed again (`existing`).")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted, Media.Json, MdmReader.MediaType)
            .Produces<NoteStatus>(StatusCodes.Status200OK, Media.Json, MdmReader.MediaType)
            .ProducesProblems(400, 406, 409, 413, 415, 422, 429, 503);

        summaries.MapPost("/preview", PreviewAsync)
            .TakesForms()
            .Accepts<object>(Media.Json, [.. SummaryReader.MediaTypes.Where(type => type != Media.Json)])
            .For(May.HandIn).OnlyReads().WithName("previewAfterVisitSummary")
            .WithSummary("See what a summary would become")
            .WithDescription($"Checks and maps the summary; keeps and writes nothing; the patient need not exist. {Forms} With Accept: application/fhir+json (or none) the transaction Bundle alone, with application/json also the document's text, the issues and the plan.")
            .Produces<Preview>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 413, 415, 422);

        summaries.MapInput(Route);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, VisitNoteJourney journey, Hl7Exchange hl7, CancellationToken cancellationToken)
    {
        // An engine that speaks HL7 v2 reads nothing but an ACK.
        if (SummaryReader.MediaTypeOf(context.Request.ContentType!).Equals(MdmReader.MediaType, StringComparison.OrdinalIgnoreCase))
            return await hl7.AnswerAsync(context.Caller(), await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken), HandingIn.SaidOf(context.Request), enhanced: false, cancellationToken);
        if (Media.Form(context.Request, Media.Json) is null)
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));

        return await HandingIn.ReceiveAsync(Route, HandingIn.SaidOf(context.Request), context, journey, cancellationToken);
    }

    private static Task<Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult>> PreviewAsync(HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        HandingIn.PreviewAsync(Route, HandingIn.SaidOf(context.Request), context, journey, cancellationToken);

    /// <summary>The route takes the forms that are read here; anything else is 415 before a byte is read.</summary>
    private static RouteHandlerBuilder TakesForms(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        IsForm(context.HttpContext.Request)
            ? await next(context)
            : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", $"Send one of these, not compressed: {string.Join(", ", SummaryReader.MediaTypes)}."));

    private static bool IsForm(HttpRequest request)
    {
        if (request.ContentType is not { } type || request.Headers.ContentEncoding.Count > 0)
            return false;
        var form = SummaryReader.MediaTypeOf(type);
        return form.Equals(Media.Json, StringComparison.OrdinalIgnoreCase) ? JsonBody.IsJson(request) : SummaryReader.MediaTypes.Contains(form, StringComparer.OrdinalIgnoreCase);
    }
}
