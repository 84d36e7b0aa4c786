using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Inputs;

/// <summary>A body is handed in, or shown as what it would become: the same for every kind of input.</summary>
internal static class HandingIn
{
    public static async Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> ReceiveAsync(
        InputRoute route, SentAs sentAs, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        return Receipts.Answer(route, context, await journey.ReceiveAsync(context.Caller(), route.Kind, body, sentAs, cancellationToken));
    }

    public static async Task<Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult>> PreviewAsync(
        InputRoute route, SentAs sentAs, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var form = Media.Form(context.Request, Media.FhirJson, Media.Json);
        if (form is null)
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
        context.Response.Headers.Vary = HeaderNames.Accept;

        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        return Receipts.Answer(form, await journey.PreviewAsync(context.Caller(), route.Kind, body, sentAs, cancellationToken));
    }

    /// <summary>What a call says around a document that may not say it itself.</summary>
    public static SentAs SaidOf(HttpRequest request) => new(
        request.ContentType!, Header(request, SummaryHeaders.PatientHeader), Header(request, SummaryHeaders.EncounterHeader), Header(request, SummaryHeaders.IdHeader));

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var value) && value.Count > 0 ? value.ToString() : null;
}
