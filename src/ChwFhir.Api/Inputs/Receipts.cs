using System.Globalization;
using ChwFhir.Api.Host;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Inputs;

/// <summary>What is said to whoever hands something in: the one place for every kind of input.</summary>
internal static class Receipts
{
    public static Results<Accepted<NoteStatus>, Ok<NoteStatus>, ProblemHttpResult> Answer(InputRoute route, HttpContext context, Receipt receipt)
    {
        switch (receipt)
        {
            case Receipt.NoSuchNote:
                return NoSuch(route);
            case Receipt.NotTheAuthor:
                return NotTheAuthor();
            case Receipt.Stale:
                return Problems.Of(StatusCodes.Status412PreconditionFailed, "changed-since", $"The {route.Noun} has changed since; read it again, then amend.");
            case Receipt.Withdrawn:
                return Problems.Of(StatusCodes.Status409Conflict, "retracted", $"The {route.Noun} was taken back; it is not amended any more.");
            case Receipt.Accepted(var status):
                return Accepted(route, context, status);
            case Receipt.AlreadyHere(var status):
                Tag(context.Response, status);
                context.Response.Headers.Location = route.Location(status.Id);
                return TypedResults.Ok(status);
            case Receipt.Conflict:
                return Problems.Of(StatusCodes.Status409Conflict, "other-content", OtherContent.Detail(route.Kind, route.Noun));
            case Receipt.Unreadable(var fault):
                return Problems.Unreadable(fault);
            case Receipt.TooLarge(var limit):
                return Problems.TooLarge(limit);
            case Receipt.NotAForm:
                return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", "This is not a form in which it is read here.");
            case Receipt.Invalid(var faults):
                return Problems.Invalid(faults);
            case Receipt.Busy(var retryAfter):
                return Problems.StoreBusy(context.Response, retryAfter);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    public static Results<FileContentHttpResult, Ok<Preview>, ProblemHttpResult> Answer(string form, PreviewResult result) => result switch
    {
        PreviewResult.Previewed seen when form == Media.FhirJson => TypedResults.Bytes(seen.Bundle, Media.FhirJson),
        PreviewResult.Previewed seen => TypedResults.Ok(new Preview(new RawJson(seen.Bundle), seen.Document, seen.Issues, seen.Suggestions, seen.Plan, Preview.Portal, seen.HeldBack)),
        PreviewResult.NotInPanel => Problems.Of(StatusCodes.Status403Forbidden, "not-in-panel", "This is none of your patients. Nothing was kept."),
        PreviewResult.Unreadable(var fault) => Problems.Unreadable(fault),
        PreviewResult.TooLarge(var limit) => Problems.TooLarge(limit),
        PreviewResult.NotAForm => Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", "This is not a form in which it is read here."),
        PreviewResult.Invalid(var faults) => Problems.Invalid(faults),
        var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
    };

    public static Accepted<NoteStatus> Accepted(InputRoute route, HttpContext context, NoteStatus status)
    {
        Tag(context.Response, status);
        return TypedResults.Accepted(route.Location(status.Id), status);
    }

    public static ProblemHttpResult NotTheAuthor() =>
        Problems.Of(StatusCodes.Status403Forbidden, "author-mismatch", "The author must be you, by the reference of your own Practitioner. Nothing was kept.");

    public static ProblemHttpResult NoSuch(InputRoute route) => Problems.NotFound($"There is no such {route.Noun}.");

    public static EntityTagHeaderValue Tag(HttpResponse response, NoteStatus status)
    {
        var tag = new EntityTagHeaderValue($"\"{status.Revision.ToString(CultureInfo.InvariantCulture)}\"");
        response.Headers.ETag = tag.ToString();
        return tag;
    }
}
