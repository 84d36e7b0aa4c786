using ChwFhir.Queue;

namespace ChwFhir.Access;

/// <summary>The one place that says what a caller may do with a note.</summary>
public sealed class NoteAccess(PatientAccess patients)
{
    private const NoteRights Everything = NoteRights.Status | NoteRights.Outcome | NoteRights.Whole | NoteRights.Change | NoteRights.Decide | NoteRights.HeldNames | NoteRights.PartNames;

    public async Task<NoteRights> OfAsync(Caller caller, StoredNote note, CancellationToken cancellationToken)
    {
        if (caller.Kind == CallerKind.Service)
            return Everything;

        var rights = NoteRights.None;
        if (caller.Is(Role.Integration) && note.SentBy == caller.Subject)
            rights |= NoteRights.Status | NoteRights.Change | (note.IsStopped ? NoteRights.None : NoteRights.Outcome);
        if (caller.Is(Role.Chw) && IsTheirOwn(caller, note))
            rights |= NoteRights.Status | NoteRights.Change | (note.Panel == NotePanel.Released ? NoteRights.Whole | NoteRights.Outcome : NoteRights.None);
        if (caller.Is(Role.Supervisor) && await patients.ChwsOfAsync(caller, cancellationToken) is { } chws && IsOf(chws, note))
            rights |= Everything;
        // A note of somebody else's patient is nobody's to read but its sender's and their supervisor's until it is released.
        if (!rights.HasFlag(NoteRights.Whole) && !note.IsStopped && note.Patient.StartsWith("Patient/", StringComparison.Ordinal)
            && await patients.MayReadAsync(caller, note.Patient, cancellationToken) == PatientAnswer.Yes)
            rights |= NoteRights.Status | NoteRights.Outcome | NoteRights.Whole;
        if (caller.IsInEmergency && !note.IsStopped)
            rights |= NoteRights.Status | NoteRights.Outcome | NoteRights.Whole;
        if (rights == NoteRights.None)
            return rights;
        return rights | NoteRights.PartNames | (NamesHeld(caller, note) ? NoteRights.HeldNames : NoteRights.None);
    }

    /// <summary>Whether each note of a patient that nothing stops is theirs to read whole: asked once, instead of note by note. False where it has to be asked of each.</summary>
    public async Task<bool> ReadsEveryNoteAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        caller.Kind == CallerKind.Service || caller.IsInEmergency
        || (patient.StartsWith("Patient/", StringComparison.Ordinal) && await patients.MayReadAsync(caller, patient, cancellationToken) == PatientAnswer.Yes);

    /// <summary>Whoever handed it in knows what they held back; those whom it is for by default may.</summary>
    public static bool NamesHeld(Caller caller, StoredNote note) =>
        caller.Kind == CallerKind.Service || caller.IsAny(Role.Supervisor, Role.SocialWorker) || (caller.IsAny(Role.Chw, Role.Integration) && IsTheirOwn(caller, note));

    /// <summary>The notes that a caller may see in lists. Null: all; <c>IsKnown</c> false: only the EHR could tell, and it does not answer.</summary>
    public async Task<(NoteScope? Scope, bool IsKnown)> ScopeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var chws = caller.Is(Role.Supervisor) ? await patients.ChwsOfAsync(caller, cancellationToken) : ChwSet.None;
        if (caller.Kind == CallerKind.Service || chws?.IsAll is true)
            return (null, true);
        // A supervisor's list is the notes of their CHWs; what others say of the same patients is found by the note.
        var own = caller.IsAny(Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker) ? await patients.PatientsAsync(caller with { Roles = caller.Roles.Where(role => role != Role.Supervisor).ToHashSet() }, cancellationToken) : PatientSet.None;
        if (own.IsAll && !caller.Is(Role.Integration))
            return (null, true);
        return (
            new NoteScope(
                [.. own.Patients ?? new HashSet<string>()],
                [.. chws?.Practitioners ?? new HashSet<string>()],
                [.. chws?.Subjects ?? new HashSet<string>(), .. caller.IsAny(Role.Chw, Role.Integration) ? [caller.Subject] : Array.Empty<string>()]),
            own.IsKnown && chws is not null);
    }

    /// <summary>Whether a note that was found by a scope may be shown with what became of it.</summary>
    public static bool ShowsOutcome(NoteScope? scope, Caller caller, StoredNote note) => scope is null
        || (note.Author is { } author && scope.Authors.Contains(author)) || (note.Sender is { } sender && scope.Authors.Contains(sender))
        || (note.SentBy is { } subject && subject != caller.Subject && scope.Senders.Contains(subject))
        || (!note.IsStopped && (scope.Patients.Contains(note.Patient) || caller.Is(Role.Integration) || note.Panel == NotePanel.Released));

    /// <summary>They handed it in, or are its author.</summary>
    public static bool IsTheirOwn(Caller caller, StoredNote note) =>
        note.SentBy == caller.Subject || (caller.Practitioner is { } self && note.SentBy is null && note.Author == self) || (caller.Practitioner is { } me && note.Sender == me);

    internal static bool IsOf(ChwSet chws, StoredNote note) =>
        chws.IsAll || (note.SentBy is { } subject && chws.Subjects.Contains(subject)) || (note.Sender is { } sender && chws.Practitioners.Contains(sender))
        || (note.Author is { } author && chws.Practitioners.Contains(author));
}
