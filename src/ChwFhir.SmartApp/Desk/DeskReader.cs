using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Delivery;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Inbox;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Desk;

/// <summary>What a supervisor's desk shows: of the notes and messages of their own CHWs, and of the EHR as a whole.</summary>
internal sealed class DeskReader(
    DeliveryDesk delivery, VisitNoteJourney journey, NoteStore store, EhrConnection ehr, MessageDesk messages, TeamCallers callers, PatientAccess patients, TeamNames names, PeopleSeen people,
    EncountersThere encounters)
{
    private const int Most = 50;
    private const int MostOpen = 2000;

    public async Task<DeskView> ReadAsync(OpenSession session, CancellationToken cancellationToken)
    {
        var caller = session.Body.Caller;
        var report = await delivery.ReportAsync(cancellationToken);
        var attention = await journey.ListAsync(caller, new NoteQuery { State = "needs-attention", Limit = Most }, cancellationToken);
        List<NoteStatus> waiting = [];
        var moreWait = false;
        foreach (var state in new[] { "writing", "queued" })
        {
            var page = await journey.ListAsync(caller, new NoteQuery { State = state, Limit = Most }, cancellationToken);
            waiting.AddRange(page?.Items ?? []);
            moreWait |= page?.Next is not null;
        }
        var theirs = await patients.ChwsOfAsync(caller, cancellationToken);
        var climbed = await ClimbedAsync(caller, theirs, cancellationToken);
        var removals = new List<RemovalAsked>();
        foreach (var removal in report.Removals.Items)
        {
            if (await journey.FindAsync(caller, removal.Note, NoteRights.Decide, cancellationToken) is not null)
                removals.Add(removal);
        }
        var notes = await NotesAsync(session, (attention?.Items ?? []).Concat(waiting), cancellationToken);
        var called = await names.OfAsync(climbed, cancellationToken);
        return new DeskView(
            report, attention is null ? null : [.. notes.Take(attention.Items.Count)], [.. notes.Skip(attention?.Items.Count ?? 0)],
            [.. climbed.Select(message => new ClimbedMessage(message, message.From.Reference is { } from ? called.GetValueOrDefault(from) : null))], removals, called, attention?.Next is not null, moreWait);
    }

    /// <summary>One note that this supervisor may decide about; null where for them there is none.</summary>
    public async Task<(DeskNote Note, NoteHistory History)?> FindAsync(OpenSession session, string id, CancellationToken cancellationToken)
    {
        if (await journey.FindAsync(session.Body.Caller, id, NoteRights.Decide, cancellationToken) is not { } found || await delivery.HistoryAsync(id, found.Rights, cancellationToken) is not { } history)
            return null;
        var note = (await NotesAsync(session, [found.Status], cancellationToken))[0];
        if (note is { AsksForEncounter: true, IsOutside: false, Status.Patient: { } patient } && patient.StartsWith("Patient/", StringComparison.Ordinal))
            note = note with { Encounters = await encounters.ReadAsync(session, patient, note.VisitTime, cancellationToken) };
        return (note, history);
    }

    private async Task<IReadOnlyList<DeskNote>> NotesAsync(OpenSession session, IEnumerable<NoteStatus> statuses, CancellationToken cancellationToken)
    {
        var notes = new List<(NoteStatus Status, StoredNote? Stored)>();
        foreach (var status in statuses)
            notes.Add((status, await store.FindAsync(ehr.Id, status.Id, cancellationToken)));
        var called = await names.OfAsync(notes.Select(note => note.Stored?.Author ?? note.Stored?.Sender), cancellationToken);
        // Of a patient outside the panel nothing comes back from the chart until the note is released.
        var who = await people.OfAsync(session, notes.Where(note => note.Stored is { IsStopped: false }).Select(note => note.Status.Patient).OfType<string>());
        return [.. notes.Select(note => new DeskNote(
            note.Status, note.Stored?.VisitTime ?? note.Status.ReceivedAt, (note.Stored?.Author ?? note.Stored?.Sender) is { } author ? called.GetValueOrDefault(author) : null,
            note.Status.Patient is { } patient ? who.GetValueOrDefault(patient) : null, note.Stored?.Panel is NotePanel.Outside))];
    }

    // Copies of what climbed come to every supervisor; each sees those of their own CHWs.
    private async Task<IReadOnlyList<MessageView>> ClimbedAsync(Caller caller, ChwSet? theirs, CancellationToken cancellationToken)
    {
        if (theirs is null || await callers.OfAsync(caller, cancellationToken) is not { } reader)
            return [];
        List<MessageView> open = [];
        string? cursor = null;
        do
        {
            var page = await messages.ListAsync(reader, new MessageQuery { Limit = 200, Cursor = cursor }, cancellationToken);
            open.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && open.Count < MostOpen);
        return [.. open.Where(message => (message.ClimbedTo.Count > 0 || message.NobodyTold) && message.Urgency != "routine" && message.From.Role == TeamRoles.Chw
            && (theirs.IsAll || (message.From.Reference is { } from && (theirs.Practitioners.Contains(from) || theirs.Subjects.Contains(from)))))];
    }
}
