using System.Collections.Concurrent;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>
/// What patients' notes became, opened and read, for a few minutes in memory: whoever follows the references of a page does not open every note of the patient at each of them.
/// Each look asks the store first how the notes stand, so that a change (an amendment, a release, a retraction) shows at the next one, whichever instance made it; then only
/// the notes that changed are opened. Nothing of a reader is in it: rights are asked anew at each look.
/// </summary>
internal sealed class NoteShelf : IDisposable
{
    public const int MostNotes = 5000;
    private const int PageOf = 200;
    private const int AtOnce = 2;
    private const int MostPatients = 256;
    private const long MostBytes = 24 << 20;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly VisitNoteJourney journey;
    private readonly TimeProvider time;
    private readonly ITimer sweep;
    private readonly ConcurrentDictionary<string, Place> places = new(StringComparer.Ordinal);

    public NoteShelf(NoteStore store, EhrConnection ehr, VisitNoteJourney journey, TimeProvider time)
    {
        (this.store, this.ehr, this.journey, this.time) = (store, ehr, journey, time);
        sweep = time.CreateTimer(_ => Clear(), null, Sweep, Sweep);
    }

    /// <summary>How many patients' notes are in memory.</summary>
    internal int Count => places.Count;

    public async Task<GatheredNotes> ReadAsync(string patient, CancellationToken cancellationToken)
    {
        var place = places.GetOrAdd(patient, _ => new Place());
        place.UsedAt = time.GetTimestamp();
        var stand = await store.StandAsync(ehr.Id, patient, cancellationToken);
        if (place.Notes is { } here && here.Stand == stand)
            return here;

        // Many who come at once wait for the first.
        await place.Turn.WaitAsync(cancellationToken);
        try
        {
            stand = await store.StandAsync(ehr.Id, patient, cancellationToken);
            if (place.Notes is { } meanwhile && meanwhile.Stand == stand)
                return meanwhile;
            // How they stood before they are read: what changes while they are is read again the next time.
            var gathered = new GatheredNotes(stand, await GatherAsync(patient, place.Notes?.All ?? [], cancellationToken));
            (place.Notes, place.Size) = (gathered, gathered.Size);
            MakeRoom(patient);
            return gathered;
        }
        finally
        {
            place.Turn.Release();
        }
    }

    public void Dispose() => sweep.Dispose();

    private async Task<IReadOnlyList<GatheredNote>> GatherAsync(string patient, IReadOnlyList<GatheredNote> before, CancellationToken cancellationToken)
    {
        List<StoredNote> notes = [];
        string? cursor = null;
        do
        {
            var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: PageOf, Cursor: cursor), cancellationToken);
            notes.AddRange(page.Items.Where(note => note.Patient == patient && note is { IsStopped: false, Retraction: null }));
            cursor = page.Next;
        }
        while (cursor is not null && notes.Count < MostNotes);

        var known = before.ToDictionary(one => (one.Note.Number, one.Note.Revision));
        var oldestFirst = notes.OrderBy(note => note.VisitTime).ThenBy(note => note.Number).ToList();
        var gathered = new GatheredNote[oldestFirst.Count];
        await Parallel.ForAsync(0, oldestFirst.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (at, token) =>
            gathered[at] = known.TryGetValue((oldestFirst[at].Number, oldestFirst[at].Revision), out var same) ? same : await OpenAsync(oldestFirst[at], token));
        return gathered;
    }

    private async Task<GatheredNote> OpenAsync(StoredNote note, CancellationToken cancellationToken) =>
        await journey.BundleAsync(note, cancellationToken) is { } mapped
            ? new GatheredNote(note, [.. (FhirJson.Read<Bundle>(mapped).Resource?.Entry ?? []).Where(entry => entry is { Resource: not null, FullUrl: not null })], mapped.Length)
            : new GatheredNote(note, null, 0);

    // The one that was just read stays, however large.
    private void MakeRoom(string patient)
    {
        foreach (var (other, _) in places.Where(one => one.Key != patient).OrderBy(one => one.Value.UsedAt).ToList())
        {
            if (places.Count <= MostPatients && places.Values.Sum(one => one.Size) <= MostBytes)
                return;
            places.TryRemove(other, out _);
        }
    }

    private void Clear()
    {
        foreach (var (patient, place) in places)
        {
            if (time.GetElapsedTime(place.UsedAt) >= Rest)
                places.TryRemove(patient, out _);
        }
    }

    // Its semaphore is never asked for a handle: there is nothing to give back.
    private sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public volatile GatheredNotes? Notes;

        public long Size;

        public long UsedAt;
    }
}
