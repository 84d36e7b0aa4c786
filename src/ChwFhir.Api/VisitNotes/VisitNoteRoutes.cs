using System.Globalization;
using ChwFhir.Api.Host;
using ChwFhir.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.VisitNotes;

/// <summary>Notes of visits: in, what they would become, what became of them.</summary>
internal static class VisitNoteRoutes
{
    public static void MapVisitNotes(this IEndpointRouteBuilder api)
    {
        var notes = api.MapGroup("/visit-notes").WithTags("Visit notes");

        notes.MapPost("/", ReceiveAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.Json)
            .WithName("receiveVisitNote")
            .WithSummary("Take a note")
            .WithDescription("Checks the note, keeps it durably and answers; then maps it and writes it back to the EHR in the background. Sending the same note again is safe: the same id with the same content is answered with the present status and nothing is written twice.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .Produces<NoteStatus>()
            .ProducesProblems(400, 406, 409, 413, 415, 422, 429, 503);

        notes.MapPost("/preview", PreviewAsync)
            .TakesJson()
            .Accepts<object>(Media.Json)
            .WithName("previewVisitNote")
            .WithSummary("See what a note would become")
            .WithDescription("Checks and maps the note; keeps and writes nothing. With Accept: application/fhir+json (or none) the transaction Bundle alone, with application/json also the document's text, the issues and the plan.")
            .Produces<Preview>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 413, 415, 422);

        notes.MapGet("/", ListAsync)
            .Gives(Media.Json)
            .WithName("listVisitNotes")
            .WithSummary("List notes, newest first")
            .WithDescription("Filters may be combined. `next` is the cursor of the following page, null on the last.")
            .Produces<NoteStatusPage>()
            .ProducesProblems(400, 406);

        notes.MapGet("/{id}", StatusAsync)
            .Gives(Media.Json)
            .WithName("readVisitNote")
            .WithSummary("What became of a note, resource by resource")
            .WithDescription("The ETag changes with every change of the status; If-None-Match spares the body.")
            .Produces<NoteStatus>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(404, 406);

        notes.MapPut("/{id}", AmendAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<object>(Media.Json)
            .WithName("amendVisitNote")
            .WithSummary("Amend a note")
            .WithDescription("The whole note anew, with If-Match and the ETag that reading it gave. A note of which nothing is written yet is changed in place; else the amended note replaces the one in the chart, which says what it corrects. Every content is kept. The same content again is answered with the present status. Not the way to another patient: such a note is retracted.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .Produces<NoteStatus>()
            .ProducesProblems(400, 404, 406, 409, 412, 413, 415, 422, 428, 429, 503);

        notes.MapPost("/{id}/retract", RetractionRoutes.RetractAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<RetractionOrder>(Media.Json)
            .WithName("retractVisitNote")
            .WithSummary("Take a note back")
            .WithDescription("What is not written is never written; what is written becomes entered-in-error where the EHR takes that. Where it does not, a retraction that repeats nothing of the note is filed and `removals` lists what the records office has to take out. With `rightPatient` the note is received anew for them under the id in `movedTo`. Asking again is safe.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 409, 413, 415, 422, 429, 503);

        notes.MapPost("/{id}/removed", RetractionRoutes.RemovedAsync)
            .TakesJson().Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .Accepts<RemovalDone>(Media.Json)
            .WithName("tickOffRemoval")
            .WithSummary("Tick off what was taken out of the EHR by hand")
            .WithDescription("Of a retracted note: the key of one of its `removals`, which somebody has removed in the EHR.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 406, 413, 415, 422, 429, 503);

        notes.MapGet("/{id}/bundle", BundleAsync)
            .Gives(Media.FhirJson)
            .WithName("readVisitNoteBundle")
            .WithSummary("The mapped Bundle")
            .WithDescription("The FHIR R4 transaction Bundle as it was mapped, before anything was folded for this EHR. Not there until the note has been mapped.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson)
            .ProducesProblems(404, 406);

        notes.MapGet("/{id}/plan", PlanAsync)
            .Gives(Media.Json)
            .WithName("readVisitNotePlan")
            .WithSummary("The steps by which the note is written")
            .WithDescription("What is created, updated, folded into the document, kept here or found in the EHR, and why.")
            .Produces<PlanView>()
            .ProducesProblems(404, 406);

        notes.MapGet("/{id}/history", HistoryAsync)
            .Gives(Media.Json)
            .WithName("readVisitNoteHistory")
            .WithSummary("Every write of the note that was tried")
            .WithDescription("When, what, the EHR's status, how long it took and how it ended, oldest first. A lost answer is followed by what the search for it found.")
            .Produces<NoteHistory>()
            .ProducesProblems(404, 406);

        notes.MapPost("/{id}/retry", RetryAsync)
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .WithName("retryVisitNote")
            .WithSummary("Try a note in needs-attention again")
            .WithDescription("What is written stays written; only what is open is tried. A note in another state is left as it is.")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(404, 406, 429, 503);

        notes.MapResolve();
        notes.MapSuggestions();
    }

    private static async Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> ReceiveAsync(
        HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        return Answer(context, await journey.ReceiveAsync(body, cancellationToken));
    }

    private static async Task<Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult>> AmendAsync(
        string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
            return Problems.Of(StatusCodes.Status428PreconditionRequired, "if-match-needed", "Send If-Match with the ETag that GET gave, so that nobody's change is overwritten unseen.");
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        return Answer(context, await journey.AmendAsync(id, Revision(context.Request), body, cancellationToken));
    }

    // A tag that is none of ours is nobody's present one.
    private static long? Revision(HttpRequest request) =>
        request.GetTypedHeaders().IfMatch is [{ IsWeak: false } tag] && long.TryParse(tag.Tag.Value?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private static Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult> Answer(HttpContext context, Receipt receipt)
    {
        switch (receipt)
        {
            case Receipt.NoSuchNote:
                return NoSuchNote();
            case Receipt.Stale:
                return Problems.Of(StatusCodes.Status412PreconditionFailed, "changed-since", "The note has changed since; read it again, then amend.");
            case Receipt.Withdrawn:
                return Problems.Of(StatusCodes.Status409Conflict, "retracted", "The note was taken back; it is not amended any more.");
            case Receipt.Accepted(var status):
                Tag(context.Response, status);
                return TypedResults.Accepted($"/api/v1/visit-notes/{status.Id}", status);
            case Receipt.AlreadyHere(var status):
                Tag(context.Response, status);
                context.Response.Headers.Location = $"/api/v1/visit-notes/{status.Id}";
                return TypedResults.Ok(status);
            case Receipt.Conflict:
                return Problems.Of(StatusCodes.Status409Conflict, "other-content", "A note with this id is here with other content. A new note needs an id of its own; a changed one is amended.");
            case Receipt.Unreadable(var fault):
                return Problems.Unreadable(fault);
            case Receipt.TooLarge(var limit):
                return Problems.TooLarge(limit);
            case Receipt.Invalid(var faults):
                return Problems.Invalid(faults);
            case Receipt.Busy(var retryAfter):
                return Problems.StoreBusy(context.Response, retryAfter);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    private static async Task<Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult>> PreviewAsync(
        HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        var form = Media.Form(context.Request, Media.FhirJson, Media.Json);
        if (form is null)
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
        context.Response.Headers.Vary = HeaderNames.Accept;

        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        return await journey.PreviewAsync(body, cancellationToken) switch
        {
            PreviewResult.Previewed seen when form == Media.FhirJson => TypedResults.Bytes(seen.Bundle, Media.FhirJson),
            PreviewResult.Previewed seen => TypedResults.Ok(new Preview(new RawJson(seen.Bundle), seen.Document, seen.Issues, seen.Suggestions, seen.Plan)),
            PreviewResult.Unreadable(var fault) => Problems.Unreadable(fault),
            PreviewResult.TooLarge(var limit) => Problems.TooLarge(limit),
            PreviewResult.Invalid(var faults) => Problems.Invalid(faults),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<NoteStatusPage>, ProblemHttpResult>> ListAsync(
        HttpContext context, VisitNoteJourney journey,
        string? patient, string? author, string? state, string? since, string? limit, string? cursor,
        CancellationToken cancellationToken) =>
        NoteListQuery.Read(context.Request.Query, out var fault) is { } query
            ? TypedResults.Ok(await journey.ListAsync(query, cancellationToken))
            : Problems.BadRequest("bad-parameter", fault);

    private static async Task<Results<Ok<NoteStatus>, StatusCodeHttpResult, ProblemHttpResult>> StatusAsync(
        string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (await journey.StatusAsync(id, cancellationToken) is not { } status)
            return NoSuchNote();

        var tag = Tag(context.Response, status);
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        return known.Any(seen => seen.Compare(tag, useStrongComparison: false) || seen.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(status);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> BundleAsync(string id, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await journey.BundleAsync(id, cancellationToken) is { } bundle
            ? TypedResults.Bytes(bundle, Media.FhirJson)
            : await journey.StatusAsync(id, cancellationToken) is null ? NoSuchNote() : NotYet("The note has not been mapped yet.");

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> PlanAsync(string id, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await journey.PlanAsync(id, cancellationToken) is { } plan
            ? TypedResults.Ok(plan)
            : await journey.StatusAsync(id, cancellationToken) is null ? NoSuchNote() : NotYet("The note has not been planned yet.");

    private static async Task<Results<Ok<NoteHistory>, ProblemHttpResult>> HistoryAsync(string id, DeliveryDesk desk, CancellationToken cancellationToken) =>
        await desk.HistoryAsync(id, cancellationToken) is { } history ? TypedResults.Ok(history) : NoSuchNote();

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> RetryAsync(
        string id, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken)
    {
        if (await journey.RetryAsync(id, cancellationToken) is not { } status)
            return NoSuchNote();

        Tag(context.Response, status);
        return TypedResults.Accepted($"/api/v1/visit-notes/{status.Id}", status);
    }

    internal static ProblemHttpResult NoSuchNote() => Problems.NotFound("There is no such note.");

    private static ProblemHttpResult NotYet(string detail) => Problems.Of(StatusCodes.Status404NotFound, "not-yet", detail + " Its status says how far it is.");

    internal static EntityTagHeaderValue Tag(HttpResponse response, NoteStatus status)
    {
        var tag = new EntityTagHeaderValue($"\"{status.Revision.ToString(CultureInfo.InvariantCulture)}\"");
        response.Headers.ETag = tag.ToString();
        return tag;
    }
}
