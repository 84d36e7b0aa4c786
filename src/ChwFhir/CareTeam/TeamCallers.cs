using ChwFhir.Access;
using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>Callers as the inbox knows them, whichever door they came in by: with those for whom they cover, and a CHW with their own patients only.</summary>
public sealed class TeamCallers(CoverBook covers, PatientAccess patients)
{
    /// <summary>As they write messages.</summary>
    public static TeamCaller Of(Caller caller) => new(caller.Practitioner ?? caller.Subject, [.. caller.Roles.Order().Select(Words.Of)]) { Subject = caller.Subject };

    /// <summary>Of a caller who may see this one patient: that was asked before.</summary>
    public Task<TeamCaller> OfPatientAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        covers.WithCoversAsync(Of(caller) with { Patients = new HashSet<string>(StringComparer.Ordinal) { patient } }, cancellationToken);

    /// <summary>Null: nobody can tell just now which patients they may see.</summary>
    public async Task<TeamCaller?> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        var theirs = caller.Is(Role.Chw) ? await patients.PatientsAsync(caller, cancellationToken) : PatientSet.All;
        return theirs.IsKnown ? await covers.WithCoversAsync(Of(caller) with { Patients = theirs.Patients }, cancellationToken) : null;
    }
}
