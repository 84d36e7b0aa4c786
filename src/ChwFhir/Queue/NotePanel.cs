namespace ChwFhir.Queue;

/// <summary>Whether the patient of a note is one of its sender's.</summary>
public enum NotePanel
{
    /// <summary>Theirs, or nobody had to ask: a system handed it in.</summary>
    In,

    /// <summary>The EHR did not say in time; it is asked before anything is written.</summary>
    NotYetKnown,

    /// <summary>None of theirs: nothing goes to the EHR and nothing comes back until a supervisor releases it.</summary>
    Outside,

    /// <summary>A supervisor let it go on.</summary>
    Released,

    /// <summary>A supervisor decided that it does not go to the EHR.</summary>
    Refused,
}
