namespace ChwFhir.Access;

/// <summary>What a caller may do with one note.</summary>
[Flags]
public enum NoteRights
{
    /// <summary>For them there is no such note.</summary>
    None = 0,

    /// <summary>Read how far it is.</summary>
    Status = 1,

    /// <summary>Read all of it: what it was mapped to, its plan, its history, who has opened its messages.</summary>
    Whole = 2,

    /// <summary>Amend it, take it back, take over its suggestions.</summary>
    Change = 4,

    /// <summary>Read what became of each of its parts; without it the status says only how far the note is.</summary>
    Outcome = 16,

    /// <summary>Read by name what it holds back from the chart; without it that is counted. Who may read what it says, <see cref="HeldAccess"/> says.</summary>
    HeldNames = 32,

    /// <summary>Read by name what it was made into; without it (it was handed in as restricted, and they are not shown such) its parts are counted.</summary>
    PartNames = 64,

    /// <summary>Decide about it as a supervisor: release, resolve, retry.</summary>
    Decide = 8,
}
