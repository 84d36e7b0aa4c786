using ChwFhir.CareTeam;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.Access;

/// <summary>
/// Who may know of what a note holds back: the CHW who wrote it, those whom it is for, and the clinician or social worker who decides. What the programme's rules hold
/// (violence) is for those few alone: a clinician is none of them unless they are named.
/// </summary>
internal sealed class HeldAccess(NoteAccess notes, PatientAccess patients)
{
    public async Task<HeldReader> OfAsync(Caller caller, StoredNote note, CancellationToken cancellationToken)
    {
        var rights = await notes.OfAsync(caller with { IsInEmergency = false }, note, cancellationToken);
        HashSet<string> answers = new(StringComparer.Ordinal);
        if (caller.Is(Role.Supervisor) && await patients.ChwsOfAsync(caller, cancellationToken) is { } chws && NoteAccess.IsOf(chws, note))
            answers.UnionWith(TeamRoles.WordsOf(TeamRoles.Supervisor));
        var isOfTeam = rights.HasFlag(NoteRights.Whole) && !note.IsStopped && caller.Kind != CallerKind.Service;
        if (isOfTeam)
            answers.UnionWith(new[] { Role.Clinician, Role.Nurse, Role.SocialWorker }.Where(caller.Is).SelectMany(role => TeamRoles.WordsOf(Words.Of(role))));
        if (isOfTeam && caller.Practitioner is { } self)
            answers.Add(self);
        return new HeldReader(rights, caller.Is(Role.Chw) && NoteAccess.IsTheirOwn(caller, note), isOfTeam && caller.Is(Role.Clinician), isOfTeam && caller.Is(Role.SocialWorker), answers);
    }
}
