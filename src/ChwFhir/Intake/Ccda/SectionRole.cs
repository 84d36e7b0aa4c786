namespace ChwFhir.Intake.Ccda;

/// <summary>What the entries of a section are to an after-visit summary.</summary>
internal enum SectionRole
{
    /// <summary>No kind that is known: its entries are read by their templates alone.</summary>
    Unknown,

    /// <summary>Known, and nothing of it is a part of the summary but its words (allergies, vital signs, procedures).</summary>
    Words,
    Problems, Medications, Plan, Goals, Concerns, Instructions, Encounters, Results, Reason,
}
