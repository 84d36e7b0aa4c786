using System.Globalization;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>Everything that this service holds of a patient and its reader may see, as FHIR: what every note, summary and screening became, and the messages. Held parts are not in it.</summary>
public sealed class Records
{
    private readonly NoteShelf shelf;
    private readonly NoteAccess access;
    private readonly MessageDesk desk;
    private readonly TeamCallers callers;
    private readonly VisitNoteJourney journey;
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly Sensitivity sensitivity;
    private readonly TimeProvider time;

    internal Records(NoteShelf shelf, NoteAccess access, MessageDesk desk, TeamCallers callers, VisitNoteJourney journey, NoteStore store, EhrConnection ehr, Sensitivity sensitivity, TimeProvider time) =>
        (this.shelf, this.access, this.desk, this.callers, this.journey, this.store, this.ehr, this.sensitivity, this.time) = (shelf, access, desk, callers, journey, store, ehr, sensitivity, time);

    public async Task<Bundle> ReadAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var (notes, messages) = (await NotesAsync(caller, patient, cancellationToken), await MessagesAsync(caller, patient, cancellationToken));
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Timestamp = time.GetUtcNow() };
        bundle.Entry.AddRange(notes.Entries.Concat(messages.Entries).Select(entry => new Bundle.EntryComponent { FullUrl = entry.FullUrl, Resource = entry.Resource }));
        return bundle;
    }

    /// <summary>
    /// What the notes became, resource by resource. Who asks has asked before whether the caller may see the patient. While nothing changes, callers who may see the same are
    /// given the same: nobody changes it.
    /// </summary>
    public async Task<PatientRecord> NotesAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var gathered = await shelf.ReadAsync(patient, cancellationToken);
        if (await access.ReadsEveryNoteAsync(caller, patient, cancellationToken))
            return gathered.ForReader(Sensitivity.Withholds(caller), sensitivity);

        List<GatheredNote> theirs = [];
        foreach (var one in gathered.All)
        {
            if ((await access.OfAsync(caller, one.Note, cancellationToken)).HasFlag(NoteRights.Whole))
                theirs.Add(one);
        }
        return RecordOfNotes.Of(theirs, resource => sensitivity.IsWithheld(caller, resource));
    }

    /// <summary>As much of the same as shows one resource as all of it would: whoever reads one does not wait until every note of the patient is opened.</summary>
    /// <param name="id">Of the resource; it begins with the number of a note of this patient.</param>
    public async Task<PatientRecord> NotesAroundAsync(Caller caller, string patient, string id, CancellationToken cancellationToken) =>
        // Whoever reads some notes only may know it by another first note.
        await access.ReadsEveryNoteAsync(caller, patient, cancellationToken) && await shelf.ReadAroundAsync(patient, id, cancellationToken) is { } some
            ? some.ForReader(Sensitivity.Withholds(caller), sensitivity)
            : await NotesAsync(caller, patient, cancellationToken);

    /// <summary>The messages that came by themselves, and all answers; those that a note tells are in what the note became. Of these nothing refers to what a note became, nor the other way.</summary>
    public async Task<PatientRecord> MessagesAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<string, RecordEntry>(StringComparer.Ordinal);
        var reader = await callers.OfPatientAsync(caller, patient, cancellationToken);
        foreach (var message in await OpenAndClosedAsync(reader, patient, cancellationToken))
        {
            foreach (var said in MessageRecord.Of(message))
            {
                var at = said.Resource is Communication { Sent: { } sent } && DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, out var when) ? when : message.SentAt;
                entries.TryAdd(said.FullUrl!, new RecordEntry(RecordIds.OfMessage(message.Id, said.FullUrl!), said.FullUrl!, said.Resource!, at, at, 1));
            }
        }
        return new PatientRecord([.. entries.Values], 0, 0, 0);
    }

    /// <summary>Null when nothing here has this id.</summary>
    public async Task<RecordOwner?> OwnerAsync(string id, CancellationToken cancellationToken)
    {
        if (!RecordIds.TryRead(id, out var number, out var isMessage))
            return null;
        if (isMessage)
            return await store.FindMessageAsync(ehr.Id, number, cancellationToken) is { } message ? new RecordOwner(message.Patient, false, false) : null;
        return await store.ReadAsync(number, cancellationToken) is { IsStopped: false } note && note.Ehr == ehr.Id
            ? new RecordOwner(note.Patient, note.Retraction is not null, note.State is NoteState.Queued or NoteState.Writing)
            : null;
    }

    /// <summary>Whose a resource is that bears an identifier of this service; null when that cannot be told by it.</summary>
    /// <param name="value">Of the identifier: the note's id or the patient's stands before the first slash.</param>
    public async Task<string?> OwnerByIdentifierAsync(string value, CancellationToken cancellationToken) => value.Split('/', 2) switch
    {
        [{ Length: > 0 } first, ..] when await store.FindAsync(ehr.Id, first, cancellationToken) is { } note => note.Patient,
        [{ Length: > 0 } first, _] when FhirReference.TryParse($"Patient/{first}", out _) => $"Patient/{first}",
        _ => null,
    };

    /// <summary>Whether a note that was taken back had this part, and the caller would have seen it: any other id behind its number was never given to anything.</summary>
    public async Task<bool> WasPartAsync(Caller caller, string type, string id, CancellationToken cancellationToken)
    {
        if (!RecordIds.TryRead(id, out var number, out var isMessage) || isMessage || await store.ReadAsync(number, cancellationToken) is not { Retraction: not null } note)
            return false;
        var bundle = await journey.BundleAsync(note, cancellationToken) is { } mapped ? FhirJson.Read<Bundle>(mapped).Resource : null;
        return bundle?.Entry.Any(entry => entry is { Resource: { } resource, FullUrl: { } fullUrl } && resource.TypeName == type && !sensitivity.IsWithheld(caller, resource)
            && RecordIds.AreSame(RecordOfNotes.IdOf(note, resource, fullUrl, number), id)) is true;
    }

    private async Task<IReadOnlyList<MessageView>> OpenAndClosedAsync(TeamCaller reader, string patient, CancellationToken cancellationToken)
    {
        List<MessageView> all = [];
        foreach (var state in (string[])["open", "closed"])
        {
            string? cursor = null;
            do
            {
                var page = await desk.ListAsync(reader, new MessageQuery { Patient = patient, State = state, Limit = 200, Cursor = cursor }, cancellationToken);
                all.AddRange(page.Items.Where(message => message.Patient == patient && !message.Held));
                cursor = page.Next;
            }
            while (cursor is not null && all.Count < NoteShelf.MostNotes);
        }
        return all;
    }
}
