using ChwFhir.Ehr;
using ChwFhir.Queue;

namespace ChwFhir.Access;

/// <summary>
/// As the EHR's care teams say: searched by participant where it has that, else the care team of the patient in question, and the patients of one's own notes
/// (a note of another patient waits for a supervisor, whose release makes it one's own).
/// </summary>
internal sealed class CareTeamPanels(CareTeams teams, PanelFile file, NoteStore store, EhrConnection ehr) : IPanels
{
    public async Task<PatientAnswer> HasAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        if (caller.Practitioner is not { } self)
            return PatientAnswer.NotInPanel;
        var mine = await teams.OfMemberAsync(self, cancellationToken);
        if (mine is { IsServed: true })
            return mine.Patients.Contains(patient) ? PatientAnswer.Yes : PatientAnswer.NotInPanel;
        if (mine is null)
            return PatientAnswer.NotYetKnown;
        if ((await store.PatientsOfAuthorAsync(ehr.Id, self, cancellationToken)).Contains(patient))
            return PatientAnswer.Yes;
        return await teams.OfPatientAsync(patient, cancellationToken) switch
        {
            null => PatientAnswer.NotYetKnown,
            { } team => team.All.Contains(self) ? PatientAnswer.Yes : PatientAnswer.NotInPanel,
        };
    }

    public async Task<PatientSet> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Practitioner is not { } self)
            return PatientSet.None;
        return await teams.OfMemberAsync(self, cancellationToken) switch
        {
            null => PatientSet.NotYetKnown,
            { IsServed: true } mine => new PatientSet(mine.Patients, true),
            _ => PatientSet.Of(await store.PatientsOfAuthorAsync(ehr.Id, self, cancellationToken)),
        };
    }

    public async Task<ChwSet?> ChwsOfAsync(Caller supervisor, CancellationToken cancellationToken)
    {
        var named = FilePanels.ChwsOf(file, supervisor.Subject);
        if (supervisor.Practitioner is not { } self)
            return named;
        return await teams.OfMemberAsync(self, cancellationToken) switch
        {
            null => named.Practitioners.Count > 0 ? named : null,
            var mine => named.And(new ChwSet(false, mine.Colleagues, new HashSet<string>())),
        };
    }
}
