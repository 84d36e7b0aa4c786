using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>The one place that says whether a caller may see a patient.</summary>
public sealed class PatientAccess
{
    private static readonly Role[] OfTheirOwn = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];
    private readonly IPanels panels;
    private readonly CareTeams teams;
    private readonly OwnPatients own;
    private readonly InboxPatients inbox;
    private readonly bool isOpen;

    internal PatientAccess(IPanels panels, CareTeams teams, OwnPatients own, InboxPatients inbox, IOptions<AccessOptions> options) =>
        (this.panels, this.teams, this.own, this.inbox, isOpen) = (panels, teams, own, inbox, options.Value.Panel == AccessOptions.Open);

    /// <param name="patient"><c>Patient/x</c> of this EHR.</param>
    public async Task<PatientAnswer> MayReadAsync(Caller caller, string patient, CancellationToken cancellationToken)
    {
        var best = PatientAnswer.NotAllowed;
        foreach (var role in OfTheirOwn)
        {
            if (!caller.Is(role))
                continue;
            switch (await MayReadAsync(caller, role, patient, cancellationToken))
            {
                case PatientAnswer.Yes:
                    return PatientAnswer.Yes;
                case PatientAnswer.NotYetKnown:
                    best = PatientAnswer.NotYetKnown;
                    break;
                case var no when best == PatientAnswer.NotAllowed:
                    best = no;
                    break;
            }
        }
        return best;
    }

    /// <summary>The same while somebody waits who must be answered soon: no answer in this time is none.</summary>
    public async Task<PatientAnswer> MayReadAsync(Caller caller, string patient, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(longest);
        try
        {
            return await MayReadAsync(caller, patient, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PatientAnswer.NotYetKnown;
        }
    }

    /// <summary>All whom a caller may see, for lists. A clinician's are those of their care teams and encounters; others of theirs are found by asking for one patient.</summary>
    public async Task<PatientSet> PatientsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var all = PatientSet.None;
        foreach (var role in OfTheirOwn.Where(caller.Is))
            all = all.And(await PatientsAsync(caller, role, cancellationToken));
        return all;
    }

    /// <summary>Whose notes a supervisor sees; null while nobody can tell.</summary>
    public Task<ChwSet?> ChwsOfAsync(Caller supervisor, CancellationToken cancellationToken) => panels.ChwsOfAsync(supervisor, cancellationToken);

    private async Task<PatientAnswer> MayReadAsync(Caller caller, Role role, string patient, CancellationToken cancellationToken)
    {
        if (isOpen || (role == Role.Clinician && caller.LaunchedPatient == patient))
            return PatientAnswer.Yes;
        // Callers filter lists by whatever they like: what is no patient is nobody's, and the EHR is not asked for it.
        if (!IsPatient(patient))
            return PatientAnswer.NotInPanel;
        switch (role)
        {
            case Role.Chw:
                return await panels.HasAsync(caller, patient, cancellationToken);
            case Role.Clinician when caller.Practitioner is { } self:
                return await IsTheirOwnAsync(self, patient, cancellationToken);
            case Role.Nurse or Role.SocialWorker:
                return (await inbox(caller, role, cancellationToken)).Contains(patient) ? PatientAnswer.Yes : PatientAnswer.NotInPanel;
            case Role.Supervisor:
                return await OfChwsAsync(caller, cancellationToken) is { IsKnown: true } theirs ? theirs.Has(patient) ? PatientAnswer.Yes : PatientAnswer.NotInPanel : PatientAnswer.NotYetKnown;
            default:
                return PatientAnswer.NotInPanel;
        }
    }

    private async Task<PatientSet> PatientsAsync(Caller caller, Role role, CancellationToken cancellationToken)
    {
        if (isOpen)
            return PatientSet.All;
        switch (role)
        {
            case Role.Chw:
                return await panels.OfAsync(caller, cancellationToken);
            case Role.Clinician:
                var launched = caller.LaunchedPatient is { } patient ? PatientSet.Of([patient]) : PatientSet.None;
                return caller.Practitioner is { } clinician ? launched.And(await OfClinicianAsync(clinician, cancellationToken)) : launched;
            case Role.Nurse or Role.SocialWorker:
                return PatientSet.Of(await inbox(caller, role, cancellationToken));
            default:
                return await OfChwsAsync(caller, cancellationToken);
        }
    }

    // On the care team, the general practitioner, or met: in person or in one of their roles. What the one does not know the other may.
    private async Task<PatientAnswer> IsTheirOwnAsync(string clinician, string patient, CancellationToken cancellationToken)
    {
        var (team, names) = (await teams.OfPatientAsync(patient, cancellationToken), await own.NamesOfAsync(clinician, cancellationToken));
        if (team is not null && (team.All.Contains(clinician) || names?.Any(team.All.Contains) is true))
            return PatientAnswer.Yes;
        return await own.HaveMetAsync(clinician, patient, cancellationToken) switch
        {
            true => PatientAnswer.Yes,
            null => PatientAnswer.NotYetKnown,
            _ => team is null || names is null ? PatientAnswer.NotYetKnown : PatientAnswer.NotInPanel,
        };
    }

    private async Task<PatientSet> OfClinicianAsync(string clinician, CancellationToken cancellationToken)
    {
        var met = await own.MetAsync(clinician, cancellationToken) is { } seen ? new PatientSet(seen, true) : PatientSet.NotYetKnown;
        return (await teams.OfMemberAsync(clinician, cancellationToken) is { } mine ? new PatientSet(mine.Patients, true) : PatientSet.NotYetKnown).And(met);
    }

    private static bool IsPatient(string reference) =>
        FhirReference.TryParse(reference, out var parsed) && parsed.Id is not ("." or "..") && reference == $"Patient/{parsed.Id}";

    // Whoever answers for a CHW sees the patients whom that CHW sees.
    private async Task<PatientSet> OfChwsAsync(Caller supervisor, CancellationToken cancellationToken)
    {
        if (await panels.ChwsOfAsync(supervisor, cancellationToken) is not { } chws)
            return PatientSet.NotYetKnown;
        if (chws.IsAll)
            return PatientSet.All;
        var all = PatientSet.None;
        IEnumerable<Caller> theirs = [.. chws.Subjects.Select(subject => AsChw(subject, null)), .. chws.Practitioners.Select(practitioner => AsChw(practitioner, practitioner))];
        foreach (var chw in theirs)
            all = all.And(await panels.OfAsync(chw, cancellationToken));
        return all;
    }

    private static Caller AsChw(string subject, string? practitioner) => new(subject, subject, new HashSet<Role> { Role.Chw }, practitioner, CallerKind.Token, null);
}
