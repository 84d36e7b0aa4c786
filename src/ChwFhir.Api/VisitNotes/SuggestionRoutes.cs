using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Inputs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.VisitNotes;

/// <summary>A person's word on what a note's words seem to state.</summary>
internal static class SuggestionRoutes
{
    public static void MapSuggestions(this RouteGroupBuilder notes)
    {
        notes.MapPost("/{id}/suggestions/{number:int}/accept", AcceptAsync)
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .For(May.TakeOver).WithName("acceptSuggestion")
            .WithSummary("Take a suggestion over into the note")
            .WithDescription("The part that the suggestion names becomes part of the note, with who took it over (`fromNarrative`), and the note is amended as by PUT. Asking again changes nothing. 409: it was refused before (`decided-otherwise`), or the note was taken back (`retracted`).")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(404, 406, 409, 413, 422, 429, 503);

        notes.MapPost("/{id}/suggestions/{number:int}/refuse", RefuseAsync)
            .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
            .For(May.TakeOver).WithName("refuseSuggestion")
            .WithSummary("Say that a suggestion is none")
            .WithDescription("It is not made again for this note, also when the note is amended. 409: it was accepted before (`decided-otherwise`; amend the note to take it out), or the note was taken back (`retracted`).")
            .Produces<NoteStatus>(StatusCodes.Status202Accepted)
            .ProducesProblems(404, 406, 409, 429, 503);
    }

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> AcceptAsync(string id, int number, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await InputRoutes.FindAsync(VisitNoteRoutes.Route, id, context, NoteRights.Change, journey, cancellationToken) is not { } found ? Receipts.NoSuch(VisitNoteRoutes.Route)
            : Answer(context, found, await journey.AcceptSuggestionAsync(id, number, Who.Calls(context.User), cancellationToken));

    private static async Task<Results<Accepted<NoteStatus>, ProblemHttpResult>> RefuseAsync(string id, int number, HttpContext context, VisitNoteJourney journey, CancellationToken cancellationToken) =>
        await InputRoutes.FindAsync(VisitNoteRoutes.Route, id, context, NoteRights.Change, journey, cancellationToken) is not { } found ? Receipts.NoSuch(VisitNoteRoutes.Route)
            : Answer(context, found, await journey.RefuseSuggestionAsync(id, number, Who.Calls(context.User), cancellationToken));

    private static Results<Accepted<NoteStatus>, ProblemHttpResult> Answer(HttpContext context, FoundNote found, SuggestionTaking taking)
    {
        switch (taking)
        {
            case SuggestionTaking.Kept(var status):
                return Receipts.Accepted(VisitNoteRoutes.Route, context, found.Show(status));
            case SuggestionTaking.NoSuchNote:
                return Receipts.NoSuch(VisitNoteRoutes.Route);
            case SuggestionTaking.NoSuchSuggestion:
                return Problems.NotFound("The note has no suggestion of this number.");
            case SuggestionTaking.DecidedBefore(var state):
                return Problems.Of(StatusCodes.Status409Conflict, "decided-otherwise", $"The suggestion was {state} before.");
            case SuggestionTaking.Withdrawn:
                return Problems.Of(StatusCodes.Status409Conflict, "retracted", "The note was taken back; nothing is taken over into it any more.");
            case SuggestionTaking.BeingChanged:
                return Problems.Of(StatusCodes.Status409Conflict, "being-changed", "The note is being changed at this moment. Look at it and decide then.");
            case SuggestionTaking.Invalid(var faults):
                return Problems.Invalid(faults);
            case SuggestionTaking.TooLarge(var limit):
                return Problems.TooLarge(limit);
            case SuggestionTaking.Busy(var retryAfter):
                return Problems.StoreBusy(context.Response, retryAfter);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }
}
