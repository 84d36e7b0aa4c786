using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Inputs;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.VisitNotes;

/// <summary>Notes of visits: in, what they would become, what became of them.</summary>
internal static class VisitNoteRoutes
{
    public static readonly InputRoute Route = new("visit-notes", InputKind.VisitNote, "note", "VisitNote") { ServesOthers = true };

    public static void MapVisitNotes(this IEndpointRouteBuilder api)
    {
        var notes = api.MapGroup($"/{Route.Path}").WithTags("Visit notes");

        notes.MapPost("/", ReceiveAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.Json)
            .For(May.HandIn).WithName("receiveVisitNote")
            .WithSummary("Take a note")
            .WithDescription("Checks the note, keeps it durably and answers; then maps it and writes it back to the EHR in the background. Sending the same note again is safe: the same id with the same content is answered with the present status and nothing is written twice.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .Produces<NoteStatus>()
            .ProducesProblems(400, 406, 409, 413, 415, 422, 429, 503);

        notes.MapPost("/preview", PreviewAsync)
            .TakesJson()
            .Accepts<object>(Media.Json)
            .For(May.HandIn).OnlyReads().WithName("previewVisitNote")
            .WithSummary("See what a note would become")
            .WithDescription("Checks and maps the note; keeps and writes nothing. With Accept: application/fhir+json (or none) the transaction Bundle alone, with application/json also the document's text, the issues and the plan.")
            .Produces<Preview>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 413, 415, 422);

        notes.MapGet("/", ListAsync)
            .Gives(Media.Json)
            .For(May.ReadStatus).WithName("listVisitNotes")
            .WithSummary("List notes, newest first")
            .WithDescription("Filters may be combined. `next` is the cursor of the following page, null on the last.")
            .Produces<NoteStatusPage>()
            .ProducesProblems(400, 406, 503);

        notes.MapPut("/{id}", AmendAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.Json)
            .For(May.HandIn).WithName("amendVisitNote")
            .WithSummary("Amend a note")
            .WithDescription("The whole note anew, with If-Match and the ETag that reading it gave. A note of which nothing is written yet is changed in place; else the amended note replaces the one in the chart, which says what it corrects. Every content is kept. The same content again is answered with the present status. Not the way to another patient: such a note is retracted.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .Produces<NoteStatus>()
            .ProducesProblems(400, 404, 406, 409, 412, 413, 415, 422, 428, 429, 503);

        notes.MapInput(Route);
        notes.MapSuggestions();
    }

    private static Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> ReceiveAsync(HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        HandingIn.ReceiveAsync(Route, SentAs.Json, context, journey, cancellationToken);

    private static async Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> AmendAsync(
        string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
            return Problems.Of(StatusCodes.Status428PreconditionRequired, "if-match-needed", "Send If-Match with the ETag that GET gave, so that nobody's change is overwritten unseen.");
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        if (await InputRoutes.FindAsync(Route, id, context, NoteRights.Status, journey, cancellationToken) is not { } found)
            return Receipts.NoSuch(Route);
        if (!found.Rights.HasFlag(NoteRights.Change))
            return Receipts.NotTheAuthor();
        return Receipts.Answer(Route, context, await journey.AmendAsync(context.Caller(), id, Revision(context.Request), body, cancellationToken) switch
        {
            Receipt.Accepted(var status) => new Receipt.Accepted(found.Show(status)),
            Receipt.AlreadyHere(var status) => new Receipt.AlreadyHere(found.Show(status)),
            var other => other,
        });
    }

    // A tag that is none of ours is nobody's present one.
    private static long? Revision(HttpRequest request) =>
        request.GetTypedHeaders().IfMatch is [{ IsWeak: false } tag] && long.TryParse(tag.Tag.Value?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private static Task<Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult>> PreviewAsync(HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        HandingIn.PreviewAsync(Route, SentAs.Json, context, journey, cancellationToken);

    private static async Task<Results<Ok<NoteStatusPage>, ProblemHttpResult>> ListAsync(
        HttpContext context, VisitNoteJourney journey,
        string? patient, string? author, string? state, string? since, string? limit, string? cursor,
        CancellationToken cancellationToken) =>
        NoteListQuery.Read(context.Request.Query, out var fault) is not { } query ? Problems.BadRequest("bad-parameter", fault)
            : await journey.ListAsync(context.Caller(), query, cancellationToken) is { } page ? TypedResults.Ok(AuditTrail.Of(context).LookedFor(query.Patient, page, found => found.Items.Count))
            : Problems.PanelNotKnown(context.Response);
}
