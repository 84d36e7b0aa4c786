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
    internal const int AtOnce = 2;
    private const int MostPatients = 256;
    private const long MostBytes = 128 << 20;
    private const int RowBytes = 500;
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

    /// <summary>Bytes of memory that they take, at most.</summary>
    internal long Size => places.Values.Sum(one => one.Size);

    public async Task<GatheredNotes> ReadAsync(string patient, CancellationToken cancellationToken)
    {
        var place = PlaceOf(patient);
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
            var gathered = new GatheredNotes(stand, await GatherAsync(patient, place, cancellationToken));
            place.Notes = gathered;
            place.Single.Clear();
            MakeRoom(patient);
            return gathered;
        }
        finally
        {
            place.Turn.Release();
        }
    }

    /// <summary>Those notes alone that show one part as all of them would; all of them where they are in memory, or where it takes all to tell.</summary>
    /// <param name="id">Of the part; it begins with the number of a note of this patient.</param>
    public async Task<GatheredNotes> ReadAroundAsync(string patient, string id, CancellationToken cancellationToken)
    {
        var place = PlaceOf(patient);
        var stand = await store.StandAsync(ehr.Id, patient, cancellationToken);
        if (place.Notes is { } here && here.Stand == stand)
            return here;
        if (!RecordIds.TryRead(id, out var number, out _) || await store.ReadAsync(number, cancellationToken) is not { } note || note.Patient != patient)
            return await ReadAsync(patient, cancellationToken);

        var around = new NotesOfOne(
            identities => store.TellingsAsync(ehr.Id, patient, identities, cancellationToken),
            async one => await (one == number ? Task.FromResult<StoredNote?>(note) : store.ReadAsync(one, cancellationToken)) is { } other && IsShown(other, patient) ? await OpenAsync(other, place, cancellationToken) : null);
        var some = await around.OfAsync(note, id);
        MakeRoom(patient);
        return some is null ? await ReadAsync(patient, cancellationToken) : new GatheredNotes(stand, some);
    }

    public void Dispose() => sweep.Dispose();

    private Place PlaceOf(string patient)
    {
        var place = places.GetOrAdd(patient, _ => new Place());
        place.UsedAt = time.GetTimestamp();
        return place;
    }

    private static bool IsShown(StoredNote note, string patient) => note.Patient == patient && note is { IsStopped: false, Retraction: null };

    private async Task<IReadOnlyList<GatheredNote>> GatherAsync(string patient, Place place, CancellationToken cancellationToken)
    {
        List<StoredNote> notes = [];
        string? cursor = null;
        do
        {
            var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: PageOf, Cursor: cursor), cancellationToken);
            notes.AddRange(page.Items.Where(note => IsShown(note, patient)));
            cursor = page.Next;
        }
        while (cursor is not null && notes.Count < MostNotes);

        foreach (var one in place.Notes?.All ?? [])
            place.Single.TryAdd(one.Note.Number, one);
        var oldestFirst = notes.OrderBy(note => note.VisitTime).ThenBy(note => note.Number).ToList();
        var gathered = new GatheredNote[oldestFirst.Count];
        await Parallel.ForAsync(0, oldestFirst.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (at, token) => gathered[at] = await OpenAsync(oldestFirst[at], place, token));
        return gathered;
    }

    // As it stands; one that is open already is not opened again.
    private async Task<GatheredNote> OpenAsync(StoredNote note, Place place, CancellationToken cancellationToken)
    {
        if ((place.Single.GetValueOrDefault(note.Number) ?? place.Notes?.Find(note.Number)) is { } same && same.Note.Revision == note.Revision)
            return same;
        return place.Single[note.Number] = await journey.BundleAsync(note, cancellationToken) is { } mapped ? Read(note, mapped) : new GatheredNote(note, null, note.Resources.Count * RowBytes);
    }

    // What reading took of memory is a little more than what stays of it; each part may be shown in two ways, with the restricted ones and without.
    private static GatheredNote Read(StoredNote note, byte[] mapped)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        List<Bundle.EntryComponent> parts = [.. (FhirJson.Read<Bundle>(mapped).Resource?.Entry ?? []).Where(entry => entry is { Resource: not null, FullUrl: not null })];
        return new GatheredNote(note, parts, GC.GetAllocatedBytesForCurrentThread() - before + (2 * mapped.Length) + (note.Resources.Count * RowBytes));
    }

    // The one that was just read stays, however large.
    private void MakeRoom(string patient)
    {
        var size = Size;
        foreach (var (other, place) in places.Where(one => one.Key != patient).OrderBy(one => one.Value.UsedAt).ToList())
        {
            if (places.Count <= MostPatients && size <= MostBytes)
                return;
            if (places.TryRemove(other, out _))
                size -= place.Size;
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

        /// <summary>What was opened one by one, by number; when all are gathered they are all in <see cref="Notes"/>.</summary>
        public ConcurrentDictionary<long, GatheredNote> Single { get; } = new();

        public long Size => (Notes?.Size ?? 0) + Single.Values.Sum(note => note.Size);

        public long UsedAt;
    }
}
