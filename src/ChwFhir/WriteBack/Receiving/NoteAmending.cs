using ChwFhir.CareTeam;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>A further content of a note that is here: read → looked at → on disk.</summary>
internal sealed class NoteAmending(NoteStore store, EhrConnection ehr, IncomingNotes incomings, NoteShowing showing, NoteMessages messages)
{
    /// <param name="revision">Of the status that the caller has seen.</param>
    /// <param name="takes">The suggestion that becomes part of the note by it, and who takes it over.</param>
    public async Task<Receipt> AmendAsync(StoredNote note, long? revision, Handed handed, InputReading.Read read, CancellationToken cancellationToken, (int Number, string By)? takes = null)
    {
        // A caller who asks again because the answer was lost has the ETag of before.
        if (note.Retraction is not null)
            return new Receipt.Withdrawn();
        if (note.Hash == read.Input.ContentHash)
            return new Receipt.AlreadyHere(await showing.ReportAsync(note, cancellationToken));
        if (revision != note.Revision)
            return new Receipt.Stale();

        var (faults, incoming) = await incomings.OfAsync(handed, read, cancellationToken, mayLook: !note.IsStopped, Releases.Of(await store.HeldDecisionsAsync(note.Number, cancellationToken)));
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
                Amendment.Accepted { Note: var stored } => await AcceptedAsync(stored, incoming, cancellationToken),
                Amendment.AlreadyHere { Note: var stored } => new Receipt.AlreadyHere(await showing.ReportAsync(stored, cancellationToken)),
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

    private async Task<Receipt> AcceptedAsync(StoredNote stored, IncomingNote incoming, CancellationToken cancellationToken)
    {
        messages.Kept(incoming.Messages);
        return new Receipt.Accepted(await showing.ReportAsync(stored, cancellationToken));
    }

    private async Task<bool> IsAnotherPatientAsync(StoredNote note, string patient, CancellationToken cancellationToken)
    {
        if (note.Patient == patient)
            return false;
        if (StoredInput.Read(await store.ReadContentAsync(note.Number, cancellationToken))?.Patient is { } before && Whose.Text(before) == patient)
            return false;
        return note.Patient.StartsWith("Patient/", StringComparison.Ordinal) && patient.StartsWith("Patient/", StringComparison.Ordinal);
    }
}
