using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Takes a person's decision: checked against the note, and against the EHR as far as that answers within a second; the rest is seen when it is carried out.</summary>
internal sealed class DecisionTaking(NoteStore store, EhrConnection ehr, EhrQuestions questions, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // A note that others change at the same moment is looked at again, this often.
    private const int Looks = 3;

    public async Task<ResolveResult> TakeAsync(string id, NoteDecision asked, string by, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            if (await store.FindAsync(ehr.Id, id, cancellationToken) is not { } note)
                return new ResolveResult.NoSuchNote();
            if (note.State == NoteState.Writing)
                return new ResolveResult.BeingWritten();
            if (!DecisionCheck.IsOpen(note))
                return new ResolveResult.NothingOpen();

            var sent = (await store.HistoryAsync(note.Number, cancellationToken)).Count > 0;
            var faults = DecisionCheck.Check(note, asked, by, sent, out var decision);
            if (faults.Count == 0 && await FaultAsync(note, decision!, cancellationToken) is { } fault)
                faults = [fault];
            if (faults.Count > 0)
                return new ResolveResult.Invalid(faults);

            switch (await store.DecideAsync(note.Number, note.Revision, decision!, cancellationToken))
            {
                case Decided.Kept:
                    return new ResolveResult.Kept(NoteReport.Of((await store.ReadAsync(note.Number, cancellationToken))!));
                case Decided.Changed when look < Looks:
                    break;
                default:
                    return new ResolveResult.BeingWritten();
            }
        }
    }

    private async Task<NoteFault?> FaultAsync(StoredNote note, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Reference is not { } reference || ehr.Endpoint.ReadsPausedUntil is not null)
            return null;

        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        var pointer = decision.Word is DecisionWord.UseEncounter ? "/encounter" : "/reference";
        try
        {
            return await questions.ReadAsync<Resource>(reference, either.Token) switch
            {
                Lookup<Resource>.Missing => new NoteFault(pointer, "not-found", "the EHR has none with this id"),
                Lookup<Resource>.Found { Resource: Patient chart } when chart.Active == false || chart.Link.Any(link => link.Type == Patient.LinkType.ReplacedBy) || $"Patient/{chart.Id}" != reference =>
                    new NoteFault(pointer, "patient-merged", "this chart was merged itself, or is not in use"),
                Lookup<Resource>.Found { Resource: Encounter { Status: Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError } } => new NoteFault(pointer, "encounter-cancelled", "this encounter did not take place"),
                Lookup<Resource>.Found { Resource: not Patient and var there } when IsChart(note.Patient) && !Subjects.MayBeOf(there, note.Patient) => new NoteFault(pointer, "of-another-patient", "this is another patient's"),
                _ => null,
            };
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool IsChart(string patient) => patient.StartsWith("Patient/", StringComparison.Ordinal);
}
