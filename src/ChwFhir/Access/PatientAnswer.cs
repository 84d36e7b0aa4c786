namespace ChwFhir.Access;

/// <summary>Whether somebody may see a patient.</summary>
public enum PatientAnswer
{
    Yes,

    /// <summary>The patient is none of theirs.</summary>
    NotInPanel,

    /// <summary>In their role nobody sees a patient.</summary>
    NotAllowed,

    /// <summary>Only the EHR could tell, and it does not answer.</summary>
    NotYetKnown,
}
