using ChwFhir.Access;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>A note of a patient who is none of its sender's goes no further until a supervisor lets it, by whatever way it came back into its lane.</summary>
internal sealed class PanelGate(NoteStore store, PatientAccess patients)
{
    private static readonly NoteEnding.NeedsPerson Stop = new([Panels.NotInPanel]);

    /// <summary>Before anything is asked of the EHR. Null: it may go on.</summary>
    public static NoteEnding? Before(StoredNote note) => note.Panel is NotePanel.Outside or NotePanel.Refused ? Stop : null;

    /// <summary>Once the chart is known: what nobody could tell at the receipt is asked again, before anything is planned.</summary>
    public async Task<NoteEnding?> AfterAsync(Lease lease, StoredNote note, string patient, CancellationToken cancellationToken)
    {
        if (note.Panel != NotePanel.NotYetKnown)
            return null;

        var sender = new Caller(note.SentBy ?? "", "", new HashSet<Role> { Role.Chw }, note.Sender, CallerKind.Token, null);
        switch (await patients.MayReadAsync(sender, patient, cancellationToken))
        {
            case PatientAnswer.Yes:
                await store.SettlePanelAsync(lease.Claim, note.Number, NotePanel.In, cancellationToken);
                return null;
            case PatientAnswer.NotYetKnown:
                return new NoteEnding.EndpointDown();
            default:
                await store.SettlePanelAsync(lease.Claim, note.Number, NotePanel.Outside, cancellationToken);
                return Stop;
        }
    }
}
