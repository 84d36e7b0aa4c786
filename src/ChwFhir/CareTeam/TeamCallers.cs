using ChwFhir.Access;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>Callers as the inbox knows them, whichever door they came in by: with those for whom they cover, a CHW with their own patients only, a supervisor with their own CHWs.</summary>
public sealed class TeamCallers(CoverBook covers, PatientAccess patients)
{
    // An inbox does not wait for the EHR: what it does not say soon counts as not said.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <summary>As they write messages; as a supervisor they read nothing yet. Who is a nurse and a CHW acts as a nurse.</summary>
    public static TeamCaller Of(Caller caller) =>
        new(caller.Practitioner ?? caller.Subject, [.. caller.Roles.OrderBy(role => role == Role.Chw).ThenBy(role => role).Select(Words.Of)]) { Subject = caller.Subject };

    /// <summary>Of a caller who may see this one patient: that was asked before.</summary>
    public async Task<TeamCaller> OfPatientAsync(Caller caller, string patient, CancellationToken cancellationToken) => await WithCoversAsync(
        Of(caller) with { Patients = new HashSet<string>(StringComparer.Ordinal) { patient }, Supervision = await SupervisionAsync(caller, cancellationToken) ?? Supervision.None }, cancellationToken);

    /// <summary>Null: nobody can tell just now which patients they may see, or whose supervisor they are.</summary>
    public async Task<TeamCaller?> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        var theirs = caller.Is(Role.Chw) ? await patients.PatientsAsync(caller, cancellationToken) : PatientSet.All;
        var supervision = await SupervisionAsync(caller, cancellationToken);
        // Who is more than a supervisor reads the rest meanwhile.
        if (!theirs.IsKnown || (supervision is null && !caller.IsAny(Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker)))
            return null;
        return await WithCoversAsync(Of(caller) with { Patients = theirs.Patients, Supervision = supervision ?? Supervision.None }, cancellationToken);
    }

    // A cover of a supervisor reads what the CHWs of that supervisor wrote, and of no other.
    private async Task<TeamCaller> WithCoversAsync(TeamCaller caller, CancellationToken cancellationToken)
    {
        var covering = await covers.WithCoversAsync(caller, cancellationToken);
        List<Covering> with = [];
        foreach (var cover in covering.Covers)
            with.Add(cover.Answers.Contains(TeamRoles.Supervisor) ? cover with { Supervision = await SupervisionAsync(AsSupervisor(cover.Who), cancellationToken) ?? Supervision.None } : cover);
        return covering with { Covers = with };
    }

    private async Task<Supervision?> SupervisionAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Is(Role.Supervisor))
            return Supervision.None;
        if (await SoonAsync(soon => patients.ChwsOfAsync(caller, soon), cancellationToken) is not { } chws)
            return null;
        var theirs = chws.IsAll ? PatientSet.All : await SoonAsync(async soon => await patients.PatientsAsync(caller with { Roles = new HashSet<Role> { Role.Supervisor } }, soon), cancellationToken);
        return new Supervision(chws, theirs ?? PatientSet.NotYetKnown);
    }

    private static Caller AsSupervisor(string who) => new(who, who, new HashSet<Role> { Role.Supervisor }, FhirReference.TryParse(who, out _) ? who : null, CallerKind.Token, null);

    private static async Task<T?> SoonAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken) where T : class
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(LongestLook);
        try
        {
            return await ask(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
