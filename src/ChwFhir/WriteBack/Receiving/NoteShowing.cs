using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>A stored note's status, as far as somebody may see it.</summary>
internal sealed class NoteShowing(NoteStore store, EhrConnection ehr, NoteMessages messages)
{
    public NoteStatus Report(StoredNote note) => NoteReport.Of(note, messages.Phone);

    /// <summary>With its suggestions; and what the records office has to take out stands with a note that was taken back or amended until somebody ticks it off.</summary>
    public async Task<NoteStatus> ReportAsync(StoredNote note, CancellationToken cancellationToken)
    {
        var status = Report(note) with { Suggestions = NoteSuggestions.Of(await store.SuggestionsAsync(note.Number, cancellationToken)) };
        return note is { Retraction: null, Version: 1 } ? status : status with { Removals = [.. (await store.RemovalsAsync(note.Number, cancellationToken)).Select(row => new RemovalStatus(row.Key, row.Type, row.Reference, row.Why, row.AskedAt, row.DoneAt, row.DoneBy))] };
    }

    public async Task<NoteStatus> VisibleAsync(StoredNote note, NoteRights rights, CancellationToken cancellationToken)
    {
        var status = NamesFor.Of(await ReportAsync(note, cancellationToken), rights);
        return rights.HasFlag(NoteRights.Outcome) ? status : await ReducedAsync(note, status, cancellationToken);
    }

    /// <summary>Whose chart a number leads to is the EHR's word: it does not come back before the release either.</summary>
    public async Task<NoteStatus> ReducedAsync(StoredNote note, NoteStatus status, CancellationToken cancellationToken) => NoteReport.Reduced(status) with
    {
        Patient = note.IsStopped && !(StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken)) is { } input && Names(input, note)) ? null : status.Patient,
    };

    /// <summary>The input itself says whose chart it is in.</summary>
    public bool Names(Input input, StoredNote note) => input.Patient?.Reference is { } reference && OwnReference.Of(ehr.Id, reference) == note.Patient;
}
