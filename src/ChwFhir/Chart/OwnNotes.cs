using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack;

namespace ChwFhir.Chart;

/// <summary>The notes of a patient that a caller may read whole, the latest visit first: none that waits for a supervisor, none that was taken back; without what they hold back from the chart.</summary>
public sealed class OwnNotes
{
    private const int MostNotes = 60;
    private const int MostRead = 25;
    private static readonly string[] Visits = ["visit-note", "after-visit-summary", "questionnaire-response"];
    private const int PageOf = 200;
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly NoteAccess access;
    private readonly OpenNotes open;

    internal OwnNotes(NoteStore store, EhrConnection ehr, NoteAccess access, OpenNotes open) => (this.store, this.ehr, this.access, this.open) = (store, ehr, access, open);

    internal Task<IReadOnlyList<OwnNote>> ReadAsync(Caller caller, string patient, CancellationToken cancellationToken) => ReadAsync(caller, patient, MostNotes, MostRead, cancellationToken, Visits);

    /// <param name="most">Notes, by their receipt.</param>
    /// <param name="read">Of how many of the latest visits what they say is read.</param>
    /// <param name="kinds">Words for kinds of input; null: every kind, also messages that came by themselves.</param>
    internal async Task<IReadOnlyList<OwnNote>> ReadAsync(Caller caller, string patient, int most, int read, CancellationToken cancellationToken, IReadOnlyList<string>? kinds = null)
    {
        List<StoredNote> theirs = [];
        string? cursor = null;
        for (var left = most; left > 0; left -= PageOf)
        {
            var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: Math.Min(left, PageOf), Cursor: cursor) { Kinds = kinds ?? [] }, cancellationToken);
            foreach (var note in page.Items.Where(note => note.Patient == patient && note is { IsStopped: false, Retraction: null }))
            {
                if ((await access.OfAsync(caller, note, cancellationToken)).HasFlag(NoteRights.Whole))
                    theirs.Add(note);
            }
            if ((cursor = page.Next) is null)
                break;
        }
        var latest = theirs.OrderByDescending(note => note.VisitTime).ToList();
        var said = (await Task.WhenAll(latest.Where(note => note.Kind == "visit-note").Take(read).Select(async note => (note.Number, Note: await SaidAsync(note, cancellationToken))))).ToDictionary(one => one.Number, one => one.Note);
        return [.. latest.Select(note => new OwnNote(note, said.GetValueOrDefault(note.Number)))];
    }

    /// <summary>Plans, goals and referrals as the visits have them.</summary>
    internal Task<IReadOnlyList<LongLivedRow>> LongLivedAsync(string patient, CancellationToken cancellationToken) => store.LongLivedAsync(ehr.Id, patient, cancellationToken);

    private async Task<VisitNote?> SaidAsync(StoredNote note, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        return StoredInput.Read(content)?.Note is { } said ? open.Of(said, content) : null;
    }
}
