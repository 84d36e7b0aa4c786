namespace ChwFhir.Access;

/// <summary>What somebody is here; its word is <see cref="Intake.Words"/>'s: <c>social-worker</c>.</summary>
public enum Role
{
    /// <summary>Sees the patients of the own panel.</summary>
    Chw,

    /// <summary>Sees the patient that was launched, and those who are theirs by the EHR's answer.</summary>
    Clinician,

    /// <summary>Sees the inbox and its patients.</summary>
    Nurse,

    /// <summary>Sees the inbox and its patients.</summary>
    SocialWorker,

    /// <summary>Sees the notes of the own CHWs, and the desk.</summary>
    Supervisor,

    /// <summary>Counts only, no names.</summary>
    Director,

    /// <summary>Reads the audit log and nothing else.</summary>
    Privacy,

    /// <summary>A system that hands in: for all patients, and it is told what became of what it handed in.</summary>
    Integration,
}
