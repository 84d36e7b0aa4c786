using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Chart;

/// <summary>What the visits of a patient say, to whoever may read them: the latest first, without what is held, what waits for a supervisor, what was taken back, and what is restricted.</summary>
public sealed class ToldVisits
{
    private const int MostNotes = 60;
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly NoteAccess access;
    private readonly MappingOptions mapping;
    private readonly RestrictedNotes restricted;

    internal ToldVisits(NoteStore store, EhrConnection ehr, NoteAccess access, MappingOptions mapping, RestrictedNotes restricted) =>
        (this.store, this.ehr, this.access, this.mapping, this.restricted) = (store, ehr, access, mapping, restricted);

    public Task<IReadOnlyList<ToldVisit>> ReadAsync(Caller caller, string patient, CancellationToken cancellationToken) => ReadAsync(caller, patient, null, cancellationToken);

    /// <param name="cursor">Place in the list of the patient's notes; null: the latest.</param>
    public async Task<IReadOnlyList<ToldVisit>> ReadAsync(Caller caller, string patient, string? cursor, CancellationToken cancellationToken)
    {
        var read = await ReadPageAsync(caller, patient, cursor, cancellationToken);
        // What a later visit holds back is in no earlier one either.
        var later = cursor is null ? [] : await ReadPageAsync(caller, patient, null, cancellationToken);
        var held = HeldConcerns(later.Concat(read).Select(one => one.Said));
        return [.. read.Select(one => ToldReading.Of(one.Stored, ToldReading.Draft(one.Stored, one.Said, one.Content.Resolved, one.Released, held, mapping), IsOfTheTeam(caller)) with { IsNotLookedUp = one.Content.Resolved is null }).OrderByDescending(visit => visit.At).ThenByDescending(visit => visit.Stored.Number)];
    }

    /// <summary>All contents of a note, the first one first. What a later one holds back is in none before it: what changed would say it.</summary>
    /// <param name="stored">Its caller may read it whole: that was asked before.</param>
    public async Task<IReadOnlyList<ToldVersion>> VersionsAsync(Caller caller, StoredNote stored, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr.Id, stored.Patient, Limit: MostNotes) { Kinds = ["visit-note"] }, cancellationToken);
        List<VisitNote> others = [];
        foreach (var note in page.Items.Where(note => note.Number != stored.Number && note.Kind == "visit-note"))
        {
            if (StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken))?.Note is { } said)
                others.Add(said);
        }
        var held = HeldConcerns(others);
        var decisions = await store.HeldDecisionsAsync(stored.Number, cancellationToken);

        var content = await store.ReadContentAsync(stored.Number, cancellationToken);
        if (StoredInput.Read(content) is not { } newest || restricted.IsWithheld(caller, newest))
            return [];
        var now = newest.Note;
        var earlier = stored.Version > 1 ? await store.EarlierVersionsAsync(stored.Number, cancellationToken) : [];
        // Who wrote it reads all contents alike, so that what differs between them is what was changed.
        var asWritten = content.Resolved is null && caller.Is(Role.Chw) && NoteAccess.IsTheirOwn(caller, stored);
        var known = content.Resolved ?? earlier.Where(one => one.Resolved is not null).MaxBy(one => one.Version)?.Resolved;

        List<(int Version, DateTimeOffset At, Draft Draft, bool IsNotLookedUp)> drafts = [];
        List<Draft?> contents = [];
        void Add(int version, DateTimeOffset at, VisitNote said, ReadOnlyMemory<byte>? resolved, bool isShown)
        {
            var found = asWritten ? null : resolved;
            var meanwhile = found is null ? ToldReading.Meanwhile(stored, said, known, held, asWritten) : null;
            var draft = ToldReading.Draft(stored, said, found, Releases.Of(decisions, version), held, mapping, meanwhile);
            contents.Add(draft);
            if (isShown)
                drafts.Add((version, at, draft, found is null && meanwhile is null));
        }
        // What is not shown, or cannot be read any more, may have held something all the same.
        foreach (var one in earlier)
        {
            if (StoredInput.Read(one) is { Note: { } said } before)
                Add(one.Version, one.ReceivedAt, said, one.Resolved, !restricted.IsWithheld(caller, before));
            else
                contents.Add(null);
        }
        if (now is not null)
            Add(stored.Version, stored.Version > 1 ? stored.UpdatedAt : stored.ReceivedAt, now, content.Resolved, isShown: true);
        if (drafts.Count == 0)
            return [];

        // What is not known of the last is kept out of all: each of them says so.
        var last = drafts[^1];
        var told = ToldReading.Versions(stored, [.. drafts.Select(one => one.Draft)], contents, IsOfTheTeam(caller));
        return [.. drafts.Zip(told, (one, told) => new ToldVersion(one.Version, one.At, told.Visit with { IsNotLookedUp = one.IsNotLookedUp || last.IsNotLookedUp }) { IsPartial = told.IsPartial })];
    }

    /// <summary>The home, the questions for next time and the times are for the CHW and who supervises them.</summary>
    public static bool IsOfTheTeam(Caller caller) => caller.IsAny(Role.Chw, Role.Supervisor);

    private async Task<List<(StoredNote Stored, NoteContent Content, VisitNote Said, IReadOnlyList<ReleasedPart> Released)>> ReadPageAsync(Caller caller, string patient, string? cursor, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr.Id, patient, Limit: MostNotes, Cursor: cursor) { Kinds = ["visit-note", "questionnaire-response"] }, cancellationToken);
        List<(StoredNote Stored, NoteContent Content, VisitNote Said, IReadOnlyList<ReleasedPart> Released)> read = [];
        foreach (var stored in page.Items.Where(note => note.Patient == patient && note is { IsStopped: false, Retraction: null, Kind: "visit-note" or "questionnaire-response" }))
        {
            if ((await access.OfAsync(caller, stored, cancellationToken)).HasFlag(NoteRights.Whole)
                && await store.ReadContentAsync(stored.Number, cancellationToken) is var content && StoredInput.Read(content) is { Note: { } said } input && !restricted.IsWithheld(caller, input))
                read.Add((stored, content, said, Releases.Of(await store.HeldDecisionsAsync(stored.Number, cancellationToken), stored.Version)));
        }
        return read;
    }

    // Of notes that nobody has looked up yet: what their own words hold.
    private List<HeldConcern> HeldConcerns(IEnumerable<VisitNote> notes) =>
        [.. notes.SelectMany(note => note.Concerns).Where(concern => Holds.Itself(concern, mapping.HeldItems)).Select(concern => new HeldConcern(ConcernMapping.Key(concern), concern.About == ConcernAbout.Caregiver)).Distinct()];
}
