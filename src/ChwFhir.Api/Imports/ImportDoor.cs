using ChwFhir.Access;
using ChwFhir.Api.Inputs;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.Imports;

/// <summary>Hands documents to the way of a note, as their own doors do, and waits with them while the store is busy.</summary>
internal sealed class ImportDoor(VisitNoteJourney journey, TimeProvider time)
{
    private const int Tries = 20;

    public async Task<ImportResult> TakeAsync(Caller caller, ImportDocument document, CancellationToken cancellationToken)
    {
        if (KindOf(document.Form) is not { } kind)
            return new ImportResult(0, StatusCodes.Status415UnsupportedMediaType, null) { Code = "media-type", Detail = "This form is not taken here." };
        var sentAs = new SentAs(document.ContentType, document.Patient, document.Encounter, document.DocumentId);
        for (var attempt = 1; ; attempt++)
        {
            var receipt = await journey.ReceiveAsync(caller, kind, document.Body, sentAs, cancellationToken);
            if (receipt is not Receipt.Busy { RetryAfter: var wait } || attempt == Tries)
                return Result(kind, receipt);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static InputKind? KindOf(DocumentForm form) => form switch
    {
        DocumentForm.VisitNote => InputKind.VisitNote,
        DocumentForm.AfterVisitSummary => InputKind.AfterVisitSummary,
        DocumentForm.QuestionnaireResponse => InputKind.Screening,
        _ => null,
    };

    private static ImportResult Result(InputKind kind, Receipt receipt) => receipt switch
    {
        Receipt.Accepted(var status) => Kept(StatusCodes.Status202Accepted, status),
        Receipt.AlreadyHere(var status) => Kept(StatusCodes.Status200OK, status),
        Receipt.Conflict => Refused(kind, StatusCodes.Status409Conflict, "other-content", OtherContent.Detail(kind)),
        Receipt.NotTheAuthor => Refused(kind, StatusCodes.Status403Forbidden, "author-mismatch", "The author must be you, by the reference of your own Practitioner."),
        Receipt.Withdrawn => Refused(kind, StatusCodes.Status409Conflict, "retracted", "The document was taken back."),
        Receipt.Unreadable(var fault) => Refused(kind, StatusCodes.Status400BadRequest, fault.Code, fault.Detail) with { Errors = [fault] },
        Receipt.Invalid(var faults) => Refused(kind, StatusCodes.Status422UnprocessableEntity, "invalid", "Nothing of it was kept.") with { Errors = faults },
        Receipt.TooLarge(var limit) => Refused(kind, StatusCodes.Status413PayloadTooLarge, "too-large", $"At most {limit / 1024} KiB are taken here."),
        Receipt.NotAForm => Refused(kind, StatusCodes.Status415UnsupportedMediaType, "media-type", "This form is not taken here."),
        Receipt.Busy => Refused(kind, StatusCodes.Status503ServiceUnavailable, "store-busy", "The store cannot take it now. Nothing was kept; send it again."),
        var other => throw new InvalidOperationException($"No result for {other.GetType().Name}."),
    };

    private static ImportResult Kept(int status, NoteStatus note) => new(0, status, note.Kind) { Note = note, Id = note.Id, State = note.State, Location = $"/api/v1/{Doors.Of(note.Kind)}/{note.Id}" };

    private static ImportResult Refused(InputKind kind, int status, string code, string detail) => new(0, status, kind.Name) { Code = code, Detail = detail };
}
