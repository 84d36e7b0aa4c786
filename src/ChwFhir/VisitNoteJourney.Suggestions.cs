using ChwFhir.Intake.Narratives;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;

namespace ChwFhir;

// What a person takes over from a note's own words.
public sealed partial class VisitNoteJourney
{
    // A note that others change at the same moment is looked at again, this often.
    private const int Looks = 3;

    /// <summary>Makes a suggestion a part of the note, by the same way as any amendment. Asked again, it is the same answer.</summary>
    /// <param name="by">Who takes it over, as their token names them.</param>
    public async Task<SuggestionTaking> AcceptSuggestionAsync(string id, int number, string by, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var (note, row, answer) = await LookAsync(id, number, SuggestionState.Accepted, cancellationToken);
            if (answer is not null)
                return answer;
            var input = await store.NewestInputAsync(note!.Number, cancellationToken) ?? default;
            var body = TakenSuggestion.Into(input, NoteSuggestions.Read(row!), by);
            var receipt = InputKind.VisitNote.Read(body, SentAs.Json, intake, time.GetUtcNow()) is InputReading.Read read
                ? await amending.AmendAsync(note, note.Revision, new Handed(Handed.ByTheService, InputKind.VisitNote, body, SentAs.Json), read, cancellationToken, (number, by))
                : NoteReceiving.Unread(InputKind.VisitNote.Read(body, SentAs.Json, intake, time.GetUtcNow()));
            switch (receipt)
            {
                case Receipt.Accepted(var status): return new SuggestionTaking.Kept(status);
                case Receipt.Stale when look < Looks: break;
                case Receipt.Stale or Receipt.AlreadyHere: return new SuggestionTaking.BeingChanged();
                case Receipt.Withdrawn: return new SuggestionTaking.Withdrawn();
                case Receipt.Invalid(var faults): return new SuggestionTaking.Invalid(faults);
                case Receipt.TooLarge(var limit): return new SuggestionTaking.TooLarge(limit);
                case Receipt.Busy(var retryAfter): return new SuggestionTaking.Busy(retryAfter);
                default: return new SuggestionTaking.NoSuchNote();
            }
        }
    }

    /// <summary>Keeps that a suggestion is none; it is not made again for this note.</summary>
    public async Task<SuggestionTaking> RefuseSuggestionAsync(string id, int number, string by, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var (_, _, answer) = await LookAsync(id, number, SuggestionState.Refused, cancellationToken);
            if (answer is not null || look > Looks)
                return answer ?? new SuggestionTaking.BeingChanged();
            try
            {
                await store.DecideSuggestionAsync(ehr.Id, id, number, SuggestionState.Refused, by, cancellationToken);
            }
            catch (StoreUnavailableException full)
            {
                return new SuggestionTaking.Busy(full.RetryAfter);
            }
        }
    }

    private async Task<(StoredNote? Note, SuggestionRow? Row, SuggestionTaking? Answer)> LookAsync(string id, int number, SuggestionState wanted, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note || note.Kind != InputKind.VisitNote.Name)
            return (null, null, new SuggestionTaking.NoSuchNote());
        if (note.Retraction is not null)
            return (note, null, new SuggestionTaking.Withdrawn());
        var row = (await store.SuggestionsAsync(note.Number, cancellationToken)).FirstOrDefault(row => row.Number == number);
        return (note, row, row?.State switch
        {
            null or SuggestionState.Gone => new SuggestionTaking.NoSuchSuggestion(),
            SuggestionState.Proposed => null,
            { } state when state == wanted => new SuggestionTaking.Kept(await showing.ReportAsync(note, cancellationToken)),
            { } state => new SuggestionTaking.DecidedBefore(Intake.Words.Of(state)),
        });
    }
}
