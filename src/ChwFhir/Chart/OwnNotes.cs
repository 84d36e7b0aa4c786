using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.WriteBack;

namespace ChwFhir.Chart;

/// <summary>The notes of a patient that a caller may read whole, the latest visit first: none that waits for a supervisor, none that was taken back.</summary>
public sealed class OwnNotes
{
    private const int MostNotes = 60;
    private const int MostRead = 25;
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly NoteAccess access;

    internal OwnNotes(NoteStore store, EhrConnection ehr, NoteAccess access) => (this.store, this.ehr, this.access) = (store, ehr, access);

    internal async Task<IReadOnlyList<OwnNote>> ReadAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: MostNotes), cancellationToken);
        List<StoredNote> theirs = [];
        foreach (var note in page.Items.Where(note => note.Patient == patient && note is { IsStopped: false, Retraction: null }))
        {
            if ((await access.OfAsync(caller, note, cancellationToken)).HasFlag(NoteRights.Whole))
                theirs.Add(note);
        }
        var latest = theirs.OrderByDescending(note => note.VisitTime).ToList();
        var read = await Task.WhenAll(latest.Where(note => note.Kind == "visit-note").Take(MostRead).Select(async note => (note.Number, (await ContentAsync(note, cancellationToken))?.Note)));
        var said = read.ToDictionary(one => one.Number, one => one.Note);
        return [.. latest.Select(note => new OwnNote(note, said.GetValueOrDefault(note.Number)))];
    }

    /// <summary>Plans, goals and referrals as the visits have them.</summary>
    internal Task<IReadOnlyList<LongLivedRow>> LongLivedAsync(string patient, CancellationToken cancellationToken) => store.LongLivedAsync(ehr.Id, patient, cancellationToken);

    private async Task<WriteBack.Inputs.Input?> ContentAsync(StoredNote note, CancellationToken cancellationToken) => StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken));
}
