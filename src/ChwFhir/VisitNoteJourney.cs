using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using ChwFhir.WriteBack.Inputs;
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
    private readonly QuickLook quickLook;
    private readonly Preview preview;
    private readonly NoteMessages messages;
    private readonly DecisionTaking decisions;
    private readonly NoteAccess access;
    private readonly PatientAccess patients;
    private readonly EarlierDocuments earlierDocuments;
    private readonly IntakeOptions intake;
    private readonly MappingOptions mapping;
    private readonly TimeProvider time;

    internal VisitNoteJourney(NoteStore store, EhrConnection ehr, QuickLook quickLook, Preview preview, NoteMessages messages, DecisionTaking decisions, NoteAccess access, PatientAccess patients, EarlierDocuments earlierDocuments, IOptions<IntakeOptions> intake, MappingOptions mapping, TimeProvider time)
    {
        (this.decisions, this.access, this.patients, this.earlierDocuments, this.mapping) = (decisions, access, patients, earlierDocuments, mapping);
        (this.store, this.ehr, this.quickLook, this.preview, this.messages, this.intake, this.time) = (store, ehr, quickLook, preview, messages, intake.Value, time);
    }

    /// <summary>Takes a note: when the answer is <see cref="Receipt.Accepted"/>, it is on disk and will be written back.</summary>
    public Task<Receipt> ReceiveAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => ReceiveAsync(InputKind.VisitNote, body, SentAs.Json, cancellationToken);

    /// <summary>The same for every kind of input.</summary>
    public Task<Receipt> ReceiveAsync(InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) => ReceiveAsync(TheService, kind, body, sentAs, cancellationToken);

    /// <summary>The same from somebody: of a patient who is none of theirs it is kept, and goes nowhere until a supervisor releases it.</summary>
    public async Task<Receipt> ReceiveAsync(Caller caller, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) => await ReadAsync(kind, body, sentAs, cancellationToken) switch
    {
        InputReading.Read read when !IsTheAuthor(caller, kind, read.Input) => new Receipt.NotTheAuthor(),
        InputReading.Read read => await ReceiveAsync(new Handed(caller, kind, body, sentAs), read, cancellationToken),
        var other => Unread(other),
    };

    /// <summary>What the note would become. Stores and writes nothing, never fails for the EHR.</summary>
    public Task<PreviewResult> PreviewAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => PreviewAsync(InputKind.VisitNote, body, SentAs.Json, cancellationToken);

    /// <summary>The same for every kind of input.</summary>
    public Task<PreviewResult> PreviewAsync(InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) => PreviewAsync(TheService, kind, body, sentAs, cancellationToken);

    /// <summary>The same for somebody, who sees it of their own patients.</summary>
    public async Task<PreviewResult> PreviewAsync(Caller caller, InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken)
    {
        switch (await ReadAsync(kind, body, sentAs, cancellationToken))
        {
            case InputReading.Read read:
                var (panel, _) = await PanelAsync(caller, read.Input, cancellationToken);
                return panel == NotePanel.Outside ? new PreviewResult.NotInPanel() : await preview.ShowAsync(await AsKeptAsync(new Handed(caller, kind, body, sentAs), read, cancellationToken), mayAsk: panel == NotePanel.In, cancellationToken);
            case InputReading.Invalid { Faults: var faults }: return new PreviewResult.Invalid(faults);
            case InputReading.Unreadable { Fault: var fault }: return new PreviewResult.Unreadable(fault);
            case InputReading.TooLarge { Limit: var limit }: return new PreviewResult.TooLarge(limit);
            default: return new PreviewResult.NotAForm();
        }
    }

    private Task<InputReading> ReadAsync(InputKind kind, ReadOnlyMemory<byte> body, SentAs sentAs, CancellationToken cancellationToken) =>
        BigInputs.ReadAsync(body.Length, () => kind.Read(body, sentAs, intake, time.GetUtcNow()), cancellationToken);

    public async Task<NoteStatus?> StatusAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { } note ? await ReportAsync(note, cancellationToken) : null;

    /// <summary>A note as far as this caller may see it; null where for them there is none.</summary>
    public async Task<FoundNote?> FindAsync(Caller caller, string id, NoteRights needed, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;
        var rights = await access.OfAsync(caller, note, cancellationToken);
        return rights.HasFlag(needed) ? new FoundNote(await VisibleAsync(note, rights, cancellationToken), note.Number, note.Patient, rights) : null;
    }

    /// <summary>The same for somebody in an emergency, who sees what is not theirs; not what waits for its release. Who asks has to record it.</summary>
    public async Task<FoundNote?> FindInEmergencyAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { IsStopped: false } note
            ? new FoundNote(await ReportAsync(note, cancellationToken), note.Number, note.Patient, NoteRights.Status | NoteRights.Outcome | NoteRights.Whole)
            : null;

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

    /// <summary>Takes a further content of a note that is here: when the answer is <see cref="Receipt.Accepted"/>, it is on disk and nothing of the one before is sent any more.</summary>
    /// <param name="revision">Of the status that the caller has seen.</param>
    public Task<Receipt> AmendAsync(string id, long? revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => AmendAsync(TheService, id, revision, body, cancellationToken);

    /// <summary>The same from somebody who may change the note (<see cref="FindAsync"/>).</summary>
    public async Task<Receipt> AmendAsync(Caller caller, string id, long? revision, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note || note.Kind != InputKind.VisitNote.Name)
            return new Receipt.NoSuchNote();
        return InputKind.VisitNote.Read(body, SentAs.Json, intake, time.GetUtcNow()) switch
        {
            InputReading.Read { Input.Id: var other } when other != id => new Receipt.Invalid([new NoteFault("/id", "id-changed", "This is not the id of the note that is amended.")]),
            InputReading.Read read when !IsTheAuthor(caller, InputKind.VisitNote, read.Input) => new Receipt.NotTheAuthor(),
            InputReading.Read read => await AmendAsync(note, revision, new Handed(caller, InputKind.VisitNote, body, SentAs.Json), read, cancellationToken),
            var other => Unread(other),
        };
    }

    /// <summary>Takes a note back, wherever it is on its way. With a right patient it is received anew for them, in the same commit, under an id of its own.</summary>
    public Task<Withdrawal> RetractAsync(string id, string reason, JsonObject? rightPatient, CancellationToken cancellationToken) => RetractAsync(TheService, id, reason, rightPatient, cancellationToken);

    /// <summary>The same from somebody who may change the note: for a patient who is none of theirs it waits anew for a supervisor.</summary>
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
            var (wrong, incoming) = await IncomingAsync(new Handed(caller, kind, moved, sentAs), read, cancellationToken);
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

    public async Task<NoteStatusPage> ListAsync(NoteQuery query, CancellationToken cancellationToken) => (await ListAsync(TheService, query, cancellationToken))!;

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
            items.Add(NoteAccess.ShowsOutcome(scope, caller, note) ? Report(note) : await ReducedAsync(note, Report(note), cancellationToken));
        return new NoteStatusPage(items, page.Next);
    }

    /// <summary>The mapped Bundle before folding, as FHIR JSON; null when there is no such note or it has not been mapped yet.</summary>
    public async Task<byte[]?> BundleAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;

        // Of a note that was written long ago only what gives it again may be kept.
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        return content.Bundle?.ToArray() ?? (note.State == NoteState.Written ? await preview.MapAgainAsync(note, content, cancellationToken) : null);
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

    private static Receipt Unread(InputReading reading) => reading switch
    {
        InputReading.Invalid { Faults: var faults } => new Receipt.Invalid(faults),
        InputReading.Unreadable { Fault: var fault } => new Receipt.Unreadable(fault),
        InputReading.TooLarge { Limit: var limit } => new Receipt.TooLarge(limit),
        _ => new Receipt.NotAForm(),
    };

    private async Task<Receipt> ReceiveAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        var receipt = await KeepAsync(handed, read, cancellationToken);
        if (receipt is not Receipt.Conflict || !string.IsNullOrWhiteSpace(handed.SentAs.DocumentId))
            return receipt;

        await foreach (var (named, again) in UnderLongerIdsAsync(handed, read.Input, cancellationToken))
        {
            receipt = await KeepAsync(named, again, cancellationToken);
            if (receipt is not Receipt.Conflict)
                break;
        }
        return receipt;
    }

    // What a preview shows goes by the id that it would be kept under.
    private async Task<InputReading.Read> AsKeptAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        if (read.Input is { Number: null, IdOfMessage: null } || !string.IsNullOrWhiteSpace(handed.SentAs.DocumentId) || await IsFreeAsync(handed, read.Input, cancellationToken))
            return read;

        await foreach (var (named, again) in UnderLongerIdsAsync(handed, read.Input, cancellationToken))
        {
            if (await IsFreeAsync(named, again.Input, cancellationToken))
                return again;
        }
        return read;
    }

    private async Task<bool> IsFreeAsync(Handed handed, Input input, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, input.Id, cancellationToken) is not { } there || (there.Hash == input.ContentHash && await IsForTheSameAsync(there, handed.SentAs.Patient, cancellationToken));

    // The id of the document's number is another document's: it has a longer one, the same however often it comes.
    private async IAsyncEnumerable<(Handed Named, InputReading.Read Read)> UnderLongerIdsAsync(Handed handed, Input input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await LongerIdsAsync(input, cancellationToken))
        {
            var named = handed with { SentAs = handed.SentAs with { DocumentId = id } };
            if (named.Kind.Read(named.Body, named.SentAs, intake, time.GetUtcNow()) is InputReading.Read again && again.Input.Id == id)
                yield return (named, again);
        }
    }

    private async Task<IReadOnlyList<string>> LongerIdsAsync(Input input, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        if (input.Number is { } number && DocumentNumber.WithSystem(number) is { } full && full != input.Id && await IsOfAnotherAsync(input.Id, number, cancellationToken))
            ids.Add(full);
        if (input.IdOfMessage is { } own)
            ids.Add(own);
        return ids;
    }

    private async Task<bool> IsOfAnotherAsync(string id, PersonIdentifier number, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { } there && StoredInput.Read(await store.ReadContentAsync(there.Number, cancellationToken)) is { } before && before.Number != number;

    private async Task<Receipt> KeepAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken)
    {
        // A note that is here stays here, whatever the EHR says of it by now. The store tells the rest of them apart as it takes them.
        var (faults, incoming) = await IncomingAsync(handed, read, cancellationToken);
        if (faults.Count == 0 && incoming.Panel == NotePanel.In && await earlierDocuments.IsOfAnotherAsync(read.Input, incoming.Patient, cancellationToken))
            faults = [new NoteFault(EarlierDocuments.Pointer, EarlierDocuments.OfAnotherPatient, EarlierDocuments.Wrong.Detail)];
        if (faults.Count > 0)
            return await store.FindAsync(ehr.Id, read.Input.Id, cancellationToken) is { } known ? await KnownAsync(known, handed, read.Input.ContentHash, cancellationToken) : new Receipt.Invalid(faults);

        try
        {
            return await store.AcceptAsync(incoming, cancellationToken) switch
            {
                Acceptance.Accepted { Stored: var stored } => stored.IsStopped && !Names(read.Input, stored) ? WithoutPatient(Accepted(stored, incoming)) : Accepted(stored, incoming),
                Acceptance.AlreadyHere { Stored: var stored } => await KnownAsync(stored, handed, stored.Hash, cancellationToken),
                _ => new Receipt.Conflict(),
            };
        }
        catch (StoreUnavailableException full)
        {
            return new Receipt.Busy(full.RetryAfter);
        }
    }

    private Receipt.Accepted Accepted(StoredNote stored, IncomingNote incoming)
    {
        messages.Kept(incoming.Messages);
        return new Receipt.Accepted(Report(stored) with { Suggestions = NoteSuggestions.Fresh(incoming.Suggestions) });
    }

    private async Task<Withdrawal.Accepted> AcceptedAsync(StoredNote stored, IncomingNote? anew, CancellationToken cancellationToken)
    {
        if (anew is not null)
            messages.Kept(anew.Messages);
        return new Withdrawal.Accepted(await ReportAsync(stored, cancellationToken));
    }

    private NoteStatus Report(StoredNote note) => NoteReport.Of(note, messages.Phone);

    // Who may not see the note learns nothing of it but that the id is taken.
    private async Task<Receipt> KnownAsync(StoredNote known, Handed handed, string hash, CancellationToken cancellationToken)
    {
        if (known.Hash != hash || !await IsForTheSameAsync(known, handed.SentAs.Patient, cancellationToken))
            return new Receipt.Conflict();
        var rights = await access.OfAsync(handed.By, known, cancellationToken);
        return rights.HasFlag(NoteRights.Status) ? new Receipt.AlreadyHere(await VisibleAsync(known, rights, cancellationToken)) : new Receipt.Conflict();
    }

    private async Task<NoteStatus> VisibleAsync(StoredNote note, NoteRights rights, CancellationToken cancellationToken) =>
        await ReportAsync(note, cancellationToken) is var status && rights.HasFlag(NoteRights.Outcome) ? status : await ReducedAsync(note, status, cancellationToken);

    // Whose chart a number leads to is the EHR's word: it does not come back before the release either.
    private async Task<NoteStatus> ReducedAsync(StoredNote note, NoteStatus status, CancellationToken cancellationToken) => NoteReport.Reduced(status) with
    {
        Patient = note.IsStopped && !(StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken)) is { } input && Names(input, note)) ? null : status.Patient,
    };

    private static Receipt.Accepted WithoutPatient(Receipt.Accepted receipt) => receipt with { Status = receipt.Status with { Patient = null } };

    private bool Names(Input input, StoredNote note) => input.Patient?.Reference is { } reference && Here(reference) == note.Patient;

    // The same bytes under the same id for another patient are no repeat: whoever sends them would take the one patient's status for the other's.
    private async Task<bool> IsForTheSameAsync(StoredNote known, string? named, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(named) || Here(named) == known.Patient)
            return true;
        return (await store.ReadContentAsync(known.Number, cancellationToken)).SentAs.Patient is { } before && Here(before) == Here(named);
    }

    private string Here(string reference) =>
        FhirReference.TryParse(reference.Trim(), out var parsed) && (parsed.Base is null || parsed.Base.TrimEnd('/') == ehr.Id) ? $"{parsed.Type}/{parsed.Id}" : reference.Trim();

    private async Task<(IReadOnlyList<NoteFault> Faults, IncomingNote Incoming)> IncomingAsync(Handed handed, InputReading.Read read, CancellationToken cancellationToken, bool mayLook = true)
    {
        var input = read.Input;
        var (panel, (faults, isChecked, chart)) = mayLook ? await PanelAsync(handed.By, input, cancellationToken) : (NotePanel.Outside, new QuickLook.Seen([], true, null));
        var patient = chart ?? Whose(input);
        return (faults, new IncomingNote(
            ehr.Id, input.Id, handed.Kind.Name, patient, patient, input.Author is { } author ? Text(author) : null, input.ContentHash, input.VisitTime, handed.Body,
            isChecked ? read.Issues : [.. read.Issues, QuickLook.NotYetChecked])
        {
            SentAs = handed.SentAs,
            SentBy = handed.By == TheService ? null : handed.By.Subject,
            Sender = handed.By.Practitioner,
            Panel = panel,
            Suggestions = handed.Kind == InputKind.VisitNote && input.Note is { } said ? NoteSuggestions.Found(said, mapping) : [],
            Messages = faults.Count > 0 || input.Tells is not { } told ? [] : await messages.OfAsync(ehr.Id, told, patient, cancellationToken),
        });
    }

    // Whose patient it is, and what the EHR says of the people in it. Of a patient who is none of the caller's, or perhaps is none, the caller hears nothing.
    private async Task<(NotePanel Panel, QuickLook.Seen Seen)> PanelAsync(Caller caller, Input input, CancellationToken cancellationToken)
    {
        if (!IsOfAPanel(caller))
            return (NotePanel.In, await quickLook.LookAsync(input, cancellationToken));

        var named = input is { Subject: null, Patient.Reference: { } reference } ? Here(reference) : null;
        var seen = named is null ? await quickLook.LookAsync(input, cancellationToken) : new QuickLook.Seen([], false, null);
        if ((named ?? seen.Chart) is not { } patient)
            return (NotePanel.NotYetKnown, seen);
        return await patients.MayReadAsync(caller, patient, LongestLook, cancellationToken) switch
        {
            PatientAnswer.Yes => (NotePanel.In, named is null ? seen : await quickLook.LookAsync(input, cancellationToken)),
            PatientAnswer.NotYetKnown => (NotePanel.NotYetKnown, new QuickLook.Seen([], false, seen.Chart)),
            _ => (NotePanel.Outside, new QuickLook.Seen([], true, seen.Chart)),
        };
    }

    private static bool IsOfAPanel(Caller caller) => caller.Is(Role.Chw) && !caller.Is(Role.Integration);

    private bool IsTheAuthor(Caller caller, InputKind kind, Input input)
    {
        if (!IsOfAPanel(caller) || caller.Kind == CallerKind.Development)
            return true;
        var author = input.Author?.Reference is { } reference ? Here(reference) : null;
        if (kind == InputKind.VisitNote)
            return author is not null && author == caller.Practitioner;
        // Who filled in a form may be the patient, who is no author of ours; another of the staff it is not, by whatever name or number.
        return kind != InputKind.Screening || input.Author is null or { Reference: null, Identifier: null, Name: null } || (author is not null && author == caller.Practitioner);
    }

    private async Task<Receipt> AmendAsync(StoredNote note, long? revision, Handed handed, InputReading.Read read, CancellationToken cancellationToken, (int Number, string By)? takes = null)
    {
        // A caller who asks again because the answer was lost has the ETag of before.
        if (note.Retraction is not null)
            return new Receipt.Withdrawn();
        if (note.Hash == read.Input.ContentHash)
            return new Receipt.AlreadyHere(await ReportAsync(note, cancellationToken));
        if (revision != note.Revision)
            return new Receipt.Stale();

        var (faults, incoming) = await IncomingAsync(handed, read, cancellationToken, mayLook: !note.IsStopped);
        if (faults.Count > 0)
            return new Receipt.Invalid(faults);
        // Whether an identifier means the same chart, only the EHR can say: where it has not, the worker looks before it writes.
        if (await IsAnotherPatientAsync(note, incoming.Patient, cancellationToken))
            return new Receipt.Invalid([new NoteFault("/patient", "patient-changed", "This is another patient. A note in the wrong chart is retracted and sent anew for the right patient.")]);
        // What showed that the chart may be the wrong one is corrected, not left out.
        if (read.Input.Patient?.Check is null && note.Issues.Any(issue => issue.Code == "patient-mismatch"))
            return new Receipt.Invalid([new NoteFault("/patient/check", "required", "The chart did not agree with what the note said of the patient. The amended note says birthDate and familyName too, so that it can be compared.")]);
        try
        {
            return await store.AmendAsync(
                new IncomingAmendment(ehr.Id, note.Id, note.Revision, incoming.Author, incoming.Hash, incoming.VisitTime, incoming.Input, incoming.Issues) { SentAs = incoming.SentAs, Messages = incoming.Messages, Suggestions = incoming.Suggestions, Takes = takes }, cancellationToken) switch
            {
                Amendment.Accepted { Note: var stored } => Accepted(stored, incoming) with { Status = await ReportAsync(stored, cancellationToken) },
                Amendment.AlreadyHere { Note: var stored } => new Receipt.AlreadyHere(await ReportAsync(stored, cancellationToken)),
                Amendment.Retracted => new Receipt.Withdrawn(),
                Amendment.Stale => new Receipt.Stale(),
                _ => new Receipt.NoSuchNote(),
            };
        }
        catch (StoreUnavailableException full)
        {
            return new Receipt.Busy(full.RetryAfter);
        }
    }

    private async Task<bool> IsAnotherPatientAsync(StoredNote note, string patient, CancellationToken cancellationToken)
    {
        if (note.Patient == patient)
            return false;
        if (StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken))?.Patient is { } before && Text(before) == patient)
            return false;
        return note.Patient.StartsWith("Patient/", StringComparison.Ordinal) && patient.StartsWith("Patient/", StringComparison.Ordinal);
    }

    // What the records office has to take out stands with the note until somebody ticks it off.
    private async Task<NoteStatus> ReportAsync(StoredNote note, CancellationToken cancellationToken)
    {
        var status = Report(note) with { Suggestions = NoteSuggestions.Of(await store.SuggestionsAsync(note.Number, cancellationToken)) };
        return note.Retraction is null ? status : status with { Removals = [.. (await store.RemovalsAsync(note.Number, cancellationToken)).Select(row => new RemovalStatus(row.Key, row.Type, row.Reference, row.Why, row.AskedAt, row.DoneAt, row.DoneBy))] };
    }

    private static string Whose(Input input) => input switch
    {
        { Patient: { } patient } => Text(patient),
        { Subject.Identifiers: [var first, ..] } => $"{first.System}|{first.Value}",
        _ => $"subject|{Folding.Hash($"{input.Subject?.Family}|{input.Subject?.Given}|{input.Subject?.BirthDate}")}",
    };

    // Whose lane it is: the chart's, or until the EHR has said whose chart it is, the identifier's.
    private static string? Text(NoteAuthor author) => author is { Reference: null, Identifier: null } ? null : Text((PersonRef)author);

    private static string Text(PersonRef person)
    {
        if (person.Reference is { } reference)
            return FhirReference.TryParse(reference, out var parsed) ? $"{parsed.Type}/{parsed.Id}" : reference;
        return $"{person.Identifier!.System}|{person.Identifier.Value}";
    }

    private static readonly Caller TheService = Caller.OfService("chwfhir");
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private sealed record Handed(Caller By, InputKind Kind, ReadOnlyMemory<byte> Body, SentAs SentAs);
}
