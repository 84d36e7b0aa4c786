using ChwFhir.Access;

namespace ChwFhir.Api.Identity;

/// <summary>Who may do what, in the words of the routes. Which patients and which notes they may do it with, <see cref="PatientAccess"/> and <see cref="NoteAccess"/> say.</summary>
internal static class May
{
    /// <summary>Notes, summaries and screenings in.</summary>
    public static readonly Role[] HandIn = [Role.Chw, Role.Integration];

    /// <summary>How far a note is.</summary>
    public static readonly Role[] ReadStatus = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor, Role.Integration];

    /// <summary>What a note says, became and went through.</summary>
    public static readonly Role[] ReadAll = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    /// <summary>A hold is a proposal: who is licensed to decides.</summary>
    public static readonly Role[] DecideHeld = [Role.Clinician, Role.SocialWorker];

    /// <summary>Who wrote a note takes over what it seems to say; and whoever answers for them.</summary>
    public static readonly Role[] TakeOver = [Role.Chw, Role.Supervisor];

    public static readonly Role[] TakeBack = [Role.Chw, Role.Supervisor, Role.Integration];

    /// <summary>What the service must not guess.</summary>
    public static readonly Role[] Decide = [Role.Supervisor];

    public static readonly Role[] WriteMessages = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    public static readonly Role[] FindPatients = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    /// <summary>Counts.</summary>
    public static readonly Role[] SeeTheDesk = [Role.Supervisor, Role.Director];

    /// <summary>The writes to the EHR as a whole.</summary>
    public static readonly Role[] MindTheDesk = [Role.Supervisor];

    /// <summary>Who read and wrote what, and nothing else.</summary>
    public static readonly Role[] ReadTheAudit = [Role.Privacy];

    /// <summary>What would become of a note; no patient is in it.</summary>
    public static readonly Role[] CheckTheEhr = [Role.Supervisor, Role.Integration];
}
