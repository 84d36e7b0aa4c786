using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;
using ChwFhir.WriteBack.Receiving;
using Microsoft.Extensions.Options;

namespace ChwFhir;

/// <summary>The whole way of a visit note, from the caller's bytes to the chart.</summary>
/// <remarks>
/// <code>
///   caller                    this class                                  in the background, one patient's notes in order
///
///   POST ──► 1 read           VisitNoteReader    every fault at once
///            2 look           QuickLook          who is meant? ≤ 1 s, or later
///            3 keep           NoteStore          on disk ──────────►  4 resolve   Resolver      the right chart, author, care team, encounter
///   202 ◄────────────────────────┘                                    5 map       NoteMapper    FHIR R4 and the document   (pure)
///                                                                     6 know      KnownReader   what the EHR has of it already
///                                                                     7 settle    Settler       what became of a lost answer
///                                                                     8 plan      Planner       create, update, fold, keep  (pure)
///                                                                     9 send      Sender        intent on disk, request, outcome on disk
///   GET  ◄── 10 report        NoteReport  ◄────────── NoteStore ◄─────────┘      again from 8 until nothing is left
/// </code>
/// Steps 4 to 9 are <c>NoteWriter</c>; <see cref="WriteBackWorker"/> decides whose turn it is. A process that dies anywhere after 3 is followed by
/// one that goes on from what is on disk.
/// </remarks>
public sealed partial class VisitNoteJourney
{
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly NoteReceiving receiving;
    private readonly NoteAmending amending;
    private readonly IncomingNotes incomings;
    private readonly NoteShowing showing;
    private readonly Preview preview;
    private readonly NoteMessages messages;
    private readonly DecisionTaking decisions;
    private readonly NoteAccess access;
    private readonly PatientAccess patients;
    private readonly RestrictedNotes restricted;
    private readonly IntakeOptions intake;
    private readonly TimeProvider time;

    internal VisitNoteJourney(NoteStore store, EhrConnection ehr, NoteReceiving receiving, NoteAmending amending, IncomingNotes incomings, NoteShowing showing, Preview preview, NoteMessages messages, DecisionTaking decisions, NoteAccess access, PatientAccess patients, RestrictedNotes restricted, IOptions<IntakeOptions> intake, TimeProvider time)
    {
        (this.receiving, this.amending, this.incomings, this.showing, this.decisions, this.access, this.patients, this.restricted) = (receiving, amending, incomings, showing, decisions, access, patients, restricted);
        (this.store, this.ehr, this.preview, this.messages, this.intake, this.time) = (store, ehr, preview, messages, intake.Value, time);
    }

    /// <summary>Takes what somebody hands in: when the answer is <see cref="Receipt.Accepted"/>, it is on disk and will be written back.</summary>
    /// <remarks>Of a patient who is none of the caller's it is kept, and goes nowhere until a supervisor releases it.</remarks>
    public Task<Receipt> ReceiveAsync(Caller caller, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) =>
        receiving.ReceiveAsync(new Handed(caller, kind, body, sentAs), cancellationToken);

    /// <summary>The same for a visit note that was written on the patient's own page: a chart that does not say who that is keeps no note from being taken.</summary>
    public Task<Receipt> ReceiveFromTheirPageAsync(Caller caller, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => receiving.ReceiveAsync(FromTheirPage(caller, body), cancellationToken);

    /// <summary>What it would become, of the caller's own patients. Stores and writes nothing, never fails for the EHR.</summary>
    public Task<PreviewResult> PreviewAsync(Caller caller, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) =>
        PreviewAsync(new Handed(caller, kind, body, sentAs), cancellationToken);

    /// <summary>The same for what <see cref="ReceiveFromTheirPageAsync"/> would take.</summary>
    public Task<PreviewResult> PreviewFromTheirPageAsync(Caller caller, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => PreviewAsync(FromTheirPage(caller, body), cancellationToken);

    /// <summary>What would keep it from being received, as far as its own words tell: nothing is stored and no EHR is asked.</summary>
    public async Task<IReadOnlyList<NoteFault>> FaultsAsync(Caller caller, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) => await receiving.ReadAsync(new Handed(caller, kind, body, sentAs), cancellationToken) switch
    {
        InputReading.Read => [],
        InputReading.Invalid { Faults: var faults } => faults,
        InputReading.Unreadable { Fault: var fault } => [fault],
        InputReading.TooLarge { Limit: var limit } => [new NoteFault("", "too-large", string.Create(CultureInfo.InvariantCulture, $"More than the {limit / 1024} KiB that are taken."))],
        _ => [new NoteFault("", "not-a-form", "No form that is taken here.")],
    };

    private async Task<PreviewResult> PreviewAsync(Handed handed, CancellationToken cancellationToken)
    {
        switch (await receiving.ReadAsync(handed, cancellationToken))
        {
            case InputReading.Read read:
                var (panel, _) = await incomings.PanelAsync(handed.By, read.Input, cancellationToken);
                return panel == NotePanel.Outside ? new PreviewResult.NotInPanel() : await preview.ShowAsync(await receiving.AsKeptAsync(handed, read, cancellationToken), mayAsk: panel == NotePanel.In, cancellationToken);
            case InputReading.Invalid { Faults: var faults }: return new PreviewResult.Invalid(faults);
            case InputReading.Unreadable { Fault: var fault }: return new PreviewResult.Unreadable(fault);
            case InputReading.TooLarge { Limit: var limit }: return new PreviewResult.TooLarge(limit);
            default: return new PreviewResult.NotAForm();
        }
    }

    public async Task<NoteStatus?> StatusAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { } note ? await showing.ReportAsync(note, cancellationToken) : null;

    /// <summary>A note as far as this caller may see it; null where for them there is none.</summary>
    public async Task<FoundNote?> FindAsync(Caller caller, string id, NoteRights needed, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;
        var rights = await NamesAsync(caller, note, await access.OfAsync(caller, note, cancellationToken), cancellationToken);
        return rights.HasFlag(needed) ? new FoundNote(await showing.VisibleAsync(note, rights, cancellationToken), note.Number, note.Patient, rights) : null;
    }

    /// <summary>The same by the number that it brought along, by whichever id it goes here. A number is of its system: what has the same one of another is another.</summary>
    public async Task<FoundNote?> FindByNumberAsync(Caller caller, PersonIdentifier number, NoteRights needed, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { SummaryHeaders.Fit(number.Value), DocumentNumber.WithSystem(number) }.OfType<string>())
        {
            if (await store.FindAsync(ehr.Id, id, cancellationToken) is { } note && StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken))?.Number == number)
                return await FindAsync(caller, id, needed, cancellationToken);
        }
        return null;
    }

    /// <summary>The same for somebody in an emergency, who sees what is not theirs; not what waits for its release. Who asks has to record it.</summary>
    public async Task<FoundNote?> FindInEmergencyAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { IsStopped: false } note)
            return null;
        var rights = await NamesAsync(caller, note, NoteRights.Status | NoteRights.Outcome | NoteRights.Whole, cancellationToken);
        return new FoundNote(await showing.VisibleAsync(note, rights, cancellationToken), note.Number, note.Patient, rights);
    }

    // Where nothing is known of the note, no content has to be opened either.
    private async Task<NoteRights> NamesAsync(Caller caller, StoredNote note, NoteRights rights, CancellationToken cancellationToken)
    {
        if (rights == NoteRights.None)
            return rights;
        return await restricted.IsWithheldAsync(caller, note, cancellationToken) ? rights & ~NoteRights.PartNames : rights | NoteRights.PartNames;
    }

    /// <summary>Lets a note of a patient outside its sender's panel go on. Null when there is no such note; unchanged when nothing holds it.</summary>
    public async Task<NoteStatus?> ReleaseAsync(string id, string by, string? reason, CancellationToken cancellationToken)
    {
        await store.ReleaseAsync(ehr.Id, id, by, reason, cancellationToken);
        return await StatusAsync(id, cancellationToken);
    }

    /// <summary>Keeps such a note from the EHR for good.</summary>
    public async Task<NoteStatus?> RefuseReleaseAsync(string id, string by, string reason, CancellationToken cancellationToken)
    {
        await store.RefuseReleaseAsync(ehr.Id, id, by, reason, cancellationToken);
        return await StatusAsync(id, cancellationToken);
    }

    /// <summary>
    /// Takes a further content of a note that is here from somebody who may change it (<see cref="FindAsync"/>): when the answer is <see cref="Receipt.Accepted"/>,
    /// it is on disk and nothing of the one before is sent any more.
    /// </summary>
    /// <param name="revision">Of the status that the caller has seen.</param>
    public Task<Receipt> AmendAsync(Caller caller, string id, long? revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        AmendAsync(new Handed(caller, InputKind.VisitNote, body, SentAs.Json), id, revision, cancellationToken);

    /// <summary>The same for a note that was written on the patient's own page.</summary>
    public Task<Receipt> AmendFromTheirPageAsync(Caller caller, string id, long? revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        AmendAsync(FromTheirPage(caller, body), id, revision, cancellationToken);

    private async Task<Receipt> AmendAsync(Handed handed, string id, long? revision, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note || note.Kind != InputKind.VisitNote.Name)
            return new Receipt.NoSuchNote();
        return handed.Kind.Read(handed.Body, handed.SentAs, handed.Under(intake), time.GetUtcNow()) switch
        {
            InputReading.Read { Input.Id: var other } when other != id => new Receipt.Invalid([new NoteFault("/id", "id-changed", "This is not the id of the note that is amended.")]),
            InputReading.Read read when !Authorship.IsTheirs(ehr.Id, handed.By, handed.Kind, read.Input) => new Receipt.NotTheAuthor(),
            InputReading.Read read => await amending.AmendAsync(note, revision, handed, read, cancellationToken),
            var other => NoteReceiving.Unread(other),
        };
    }

    /// <summary>
    /// Takes a note back for somebody who may change it, wherever it is on its way. With a right patient it is received anew for them, in the same commit, under an
    /// id of its own; for a patient who is none of the caller's it waits anew for a supervisor.
    /// </summary>
    public async Task<Withdrawal> RetractAsync(Caller caller, string id, string reason, JsonObject? rightPatient, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note || InputKind.Of(note.Kind) is not { Moved: { } move } kind)
            return new Withdrawal.NoSuchNote();

        IncomingNote? anew = null;
        if (rightPatient is not null && note.Retraction?.MovedTo is null)
        {
            var content = await store.ReadContentAsync(note.Number, cancellationToken);
            if (kind.NotMoved(content, rightPatient) is { Count: > 0 } left)
                return new Withdrawal.Invalid(left);
            var (moved, sentAs) = move(content, id, rightPatient);
            var reading = kind.Read(moved, sentAs, intake, time.GetUtcNow());
            if (reading is not InputReading.Read read)
                return new Withdrawal.Invalid(reading is InputReading.Invalid { Faults: var faults } ? MovedNote.Faults(faults) : [new NoteFault("/rightPatient", "not-readable", "The note cannot be received anew.")]);
            var (wrong, incoming) = await incomings.OfAsync(new Handed(caller, kind, moved, sentAs), read, cancellationToken);
            if (wrong.Count > 0)
                return new Withdrawal.Invalid(MovedNote.Faults(wrong));
            if (incoming.Patient == note.Patient)
                return new Withdrawal.Invalid([new NoteFault("/rightPatient", "same-patient", "This is the patient in whose chart the note is.")]);
            anew = incoming with { SentBy = note.SentBy ?? incoming.SentBy, Sender = note.Sender ?? incoming.Sender };
        }
        try
        {
            return await store.RetractAsync(new IncomingRetraction(ehr.Id, id, reason, anew), cancellationToken) switch
            {
                Retraction.Accepted { Note: var stored } => await AcceptedAsync(stored, anew, cancellationToken),
                Retraction.IdTaken => new Withdrawal.IdTaken(),
                _ => new Withdrawal.NoSuchNote(),
            };
        }
        catch (StoreUnavailableException full)
        {
            return new Withdrawal.Busy(full.RetryAfter);
        }
    }

    /// <summary>Somebody says that a part of a retracted note is out of the EHR. Null when the note has no such part to be removed.</summary>
    public async Task<NoteStatus?> RemovedAsync(string id, string key, string by, CancellationToken cancellationToken) =>
        await store.TickOffRemovalAsync(ehr.Id, id, key, by, cancellationToken) ? await StatusAsync(id, cancellationToken) : null;

    /// <summary>The notes that this caller may see; null while only the EHR could tell which, and it does not answer.</summary>
    public async Task<NoteStatusPage?> ListAsync(Caller caller, NoteQuery query, CancellationToken cancellationToken)
    {
        var (scope, isKnown) = await access.ScopeAsync(caller, cancellationToken);
        if (scope is not null && query.Patient is { } one && await patients.MayReadAsync(caller, one, cancellationToken) == PatientAnswer.Yes)
            (scope, isKnown) = (scope with { Patients = [one] }, true);
        if (!isKnown)
            return null;
        NoteState? state = null;
        if (query.State is { } word)
        {
            if (!Words.TryParse<NoteState>(word, out var known))
                return new NoteStatusPage([], null);
            state = known;
        }

        var page = await store.ListAsync(new NoteFilter(ehr.Id, query.Patient, query.Author, state, query.Since, query.Limit, query.Cursor) { Scope = scope }, cancellationToken);
        var items = new List<NoteStatus>(page.Items.Count);
        foreach (var note in page.Items)
        {
            var names = NoteAccess.NamesHeld(caller, note) ? NoteRights.Status | NoteRights.HeldNames : NoteRights.Status;
            var status = NamesFor.Of(showing.Report(note), await NamesAsync(caller, note, names, cancellationToken));
            items.Add(NoteAccess.ShowsOutcome(scope, caller, note) ? status : await showing.ReducedAsync(note, status, cancellationToken));
        }
        return new NoteStatusPage(items, page.Next);
    }

    /// <summary>The mapped Bundle before folding, as FHIR JSON; null when there is no such note or it has not been mapped yet.</summary>
    public async Task<byte[]?> BundleAsync(string id, CancellationToken cancellationToken)
    {
        return await store.FindAsync(ehr.Id, id, cancellationToken) is { } note ? await BundleAsync(note, cancellationToken) : null;
    }

    /// <summary>The same of a note that was read already.</summary>
    internal async Task<byte[]?> BundleAsync(StoredNote note, CancellationToken cancellationToken)
    {
        // Of a note that was written long ago only what gives it again may be kept; so it is when it is taken back later.
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        return content.Bundle?.ToArray() ?? (note.State == NoteState.Written || note.Retraction is not null ? await preview.MapAgainAsync(note, content, cancellationToken) : null);
    }

    /// <summary>The steps of a note; none before it is planned. Null when there is no such note.</summary>
    public async Task<PlanView?> PlanAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;

        var plan = (await store.ReadContentAsync(note.Number, cancellationToken)).Plan;
        return new PlanView(id, plan is { } json ? NoteRows.FromJson(json) : [], note.Issues);
    }

    /// <summary>Tries a note in <c>needs-attention</c> again; one in another state stays as it is. Null when there is no such note.</summary>
    public async Task<NoteStatus?> RetryAsync(string id, CancellationToken cancellationToken)
    {
        await store.RetryAsync(ehr.Id, id, cancellationToken);
        return await StatusAsync(id, cancellationToken);
    }

    /// <summary>Takes a person's decision on an unknown or refused resource, on the encounter or on the chart; the note goes on by it, at the latest when the EHR answers again.</summary>
    /// <param name="by">Who decides, as their token names them.</param>
    public Task<ResolveResult> ResolveAsync(string id, NoteDecision decision, string by, CancellationToken cancellationToken) => decisions.TakeAsync(id, decision, by, cancellationToken);

    private static Handed FromTheirPage(Caller caller, ReadOnlyMemory<byte> body) => new(caller, InputKind.VisitNote, body, SentAs.Json) { IsOfTheirPage = true };

    private async Task<Withdrawal.Accepted> AcceptedAsync(StoredNote stored, IncomingNote? anew, CancellationToken cancellationToken)
    {
        if (anew is not null)
            messages.Kept(anew.Messages);
        return new Withdrawal.Accepted(await showing.ReportAsync(stored, cancellationToken));
    }
}
