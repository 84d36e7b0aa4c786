using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>
/// A concern that a CHW reports is unconfirmed until a clinician says otherwise. Their word is kept here with who, when and why; the EHR's Condition stays as it is there.
/// </summary>
public sealed class ConcernDesk(NoteStore store, EhrConnection ehr, TimeProvider time)
{
    public const string Confirmed = "confirmed", SetAside = "set-aside", Taken = "taken", GivenBack = "given-back";
    public const int LongestReason = 500;

    public async Task<ConcernStanding> ReadAsync(string patient, CancellationToken cancellationToken) => new(await store.ConcernWordsAsync(ehr.Id, patient, cancellationToken));

    /// <summary>Whether a concern is so is for clinicians to say; who works on it may be whoever does.</summary>
    public static bool May(Caller caller, string word) => word switch
    {
        Confirmed or SetAside => caller.Is(Role.Clinician),
        Taken or GivenBack => caller.IsAny(Role.SocialWorker, Role.Nurse, Role.Clinician),
        _ => false,
    };

    /// <summary>Keeps it. Whether the concern is one of this patient's, and whether they may be seen, was asked before.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was kept.</exception>
    public async Task<ConcernAnswer> SayAsync(Caller caller, string patient, string concern, string word, string? reason, CancellationToken cancellationToken)
    {
        if (!May(caller, word))
            return ConcernAnswer.NotAllowed;
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (reason is null && word == SetAside)
            return ConcernAnswer.NeedsReason;
        if (reason?.Length > LongestReason)
            return ConcernAnswer.TooLong;
        var standing = await ReadAsync(patient, cancellationToken);
        // Pressed twice it is one word.
        if (standing.Says(concern, word, caller.Subject))
            return ConcernAnswer.Kept;

        var role = Words.Of(caller.Roles.Order().First(one => May(caller with { Roles = new HashSet<Role> { one } }, word)));
        await store.KeepConcernWordAsync(ehr.Id, patient, new ConcernWordRow(concern, word, reason, caller.Subject, caller.Name, role, time.GetUtcNow()), cancellationToken);
        return ConcernAnswer.Kept;
    }
}
