using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
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
public sealed class VisitNoteJourney
{
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly QuickLook quickLook;
    private readonly Preview preview;
    private readonly NoteMessages messages;
    private readonly DecisionTaking decisions;
    private readonly IntakeOptions intake;
    private readonly TimeProvider time;

    internal VisitNoteJourney(NoteStore store, EhrConnection ehr, QuickLook quickLook, Preview preview, NoteMessages messages, DecisionTaking decisions, IOptions<IntakeOptions> intake, TimeProvider time)
    {
        this.decisions = decisions;
        (this.store, this.ehr, this.quickLook, this.preview, this.messages, this.intake, this.time) = (store, ehr, quickLook, preview, messages, intake.Value, time);
    }

    /// <summary>Takes a note: when the answer is <see cref="Receipt.Accepted"/>, it is on disk and will be written back.</summary>
    public async Task<Receipt> ReceiveAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        switch (VisitNoteReader.Read(body, intake, time.GetUtcNow()))
        {
            case VisitNoteReading.Read read: return await ReceiveAsync(read, body, cancellationToken);
            case VisitNoteReading.Invalid { Faults: var faults }: return new Receipt.Invalid(faults);
            case VisitNoteReading.Unreadable { Fault: var fault }: return new Receipt.Unreadable(fault);
            default: return new Receipt.TooLarge(LimitFor(body));
        }
    }

    /// <summary>What the note would become. Stores and writes nothing, never fails for the EHR.</summary>
    public async Task<PreviewResult> PreviewAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        switch (VisitNoteReader.Read(body, intake, time.GetUtcNow()))
        {
            case VisitNoteReading.Read read: return await preview.ShowAsync(read, cancellationToken);
            case VisitNoteReading.Invalid { Faults: var faults }: return new PreviewResult.Invalid(faults);
            case VisitNoteReading.Unreadable { Fault: var fault }: return new PreviewResult.Unreadable(fault);
            default: return new PreviewResult.TooLarge(LimitFor(body));
        }
    }

    public async Task<NoteStatus?> StatusAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { } note ? Report(note) : null;

    public async Task<NoteStatusPage> ListAsync(NoteQuery query, CancellationToken cancellationToken)
    {
        NoteState? state = null;
        if (query.State is { } word)
        {
            if (!Words.TryParse<NoteState>(word, out var known))
                return new NoteStatusPage([], null);
            state = known;
        }

        var page = await store.ListAsync(new NoteFilter(ehr.Id, query.Patient, query.Author, state, query.Since, query.Limit, query.Cursor), cancellationToken);
        return new NoteStatusPage([.. page.Items.Select(Report)], page.Next);
    }

    /// <summary>The mapped Bundle before folding, as FHIR JSON; null when there is no such note or it has not been mapped yet.</summary>
    public async Task<byte[]?> BundleAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
            return null;

        // Of a note that was written long ago only what gives it again may be kept.
        var content = await store.ReadContentAsync(note.Number, cancellationToken);
        return content.Bundle?.ToArray() ?? (note.State == NoteState.Written ? preview.MapAgain(content) : null);
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

    private async Task<Receipt> ReceiveAsync(VisitNoteReading.Read read, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var note = read.Note;
        // A note that is here stays here, whatever the EHR says of it by now. The store tells the rest of them apart as it takes them.
        var (faults, isChecked, chart) = await quickLook.LookAsync(note, cancellationToken);
        if (faults.Count > 0)
            return await store.FindAsync(ehr.Id, note.Id, cancellationToken) is { } known ? Known(known, read.ContentHash) : new Receipt.Invalid(faults);

        var patient = chart ?? Text(note.Patient);
        var incoming = new IncomingNote(
            ehr.Id, note.Id, "visit-note", patient, patient, Text(note.Author), read.ContentHash, note.Visit.Start, body,
            isChecked ? read.Issues : [.. read.Issues, QuickLook.NotYetChecked])
        {
            Messages = await messages.OfAsync(ehr.Id, note, patient, cancellationToken),
        };
        try
        {
            return await store.AcceptAsync(incoming, cancellationToken) switch
            {
                Acceptance.Accepted { Stored: var stored } => Accepted(stored, incoming),
                Acceptance.AlreadyHere { Stored: var stored } => new Receipt.AlreadyHere(Report(stored)),
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
        return new Receipt.Accepted(Report(stored));
    }

    private NoteStatus Report(StoredNote note) => NoteReport.Of(note, messages.Phone);

    private Receipt Known(StoredNote known, string hash) =>
        known.Hash == hash ? new Receipt.AlreadyHere(Report(known)) : new Receipt.Conflict();

    // Whose lane it is: the chart's, or until the EHR has said whose chart it is, the identifier's.
    private static string Text(PersonRef person)
    {
        if (person.Reference is { } reference)
            return FhirReference.TryParse(reference, out var parsed) ? $"{parsed.Type}/{parsed.Id}" : reference;
        return $"{person.Identifier!.System}|{person.Identifier.Value}";
    }

    private int LimitFor(ReadOnlyMemory<byte> body) => body.Length > intake.MaxBytesWithAttachments ? intake.MaxBytesWithAttachments : intake.MaxBytes;
}
