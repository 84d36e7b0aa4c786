namespace ChwFhir.Queue;

/// <summary>Which messages of one EHR are listed.</summary>
/// <param name="Readers">Recipients' words that the reader answers to, all but the supervisor's; what is for none of them is not shown, unless the reader wrote it.</param>
/// <param name="Self">The reader's own reference.</param>
/// <param name="Open">Still to be closed, the most pressing first; else done with, newest first.</param>
/// <param name="Mine">Only what the reader has taken or written.</param>
public sealed record MessageFilter(string Ehr, IReadOnlyList<string> Readers, string Self, bool Open = true, bool Mine = false)
{
    public string? To { get; init; }

    /// <summary>Words that the reader answers to for a colleague of another role: of them, nothing that is held.</summary>
    public IReadOnlyList<string> Covered { get; init; } = [];

    /// <summary>What is for a supervisor, and for the reader as that.</summary>
    public SupervisedMessages? Supervised { get; init; }

    /// <summary>The same for a colleague of another role: nothing that is held.</summary>
    public SupervisedMessages? SupervisedOpenly { get; init; }

    /// <summary>What is for a CareTeam of the EHR is shown too.</summary>
    public bool ReadsCareTeams { get; init; }

    public string? Patient { get; init; }

    /// <summary>Only messages about these patients; null: about all.</summary>
    public IReadOnlyCollection<string>? Patients { get; init; }

    public int Limit { get; init; } = 50;

    public string? Cursor { get; init; }
}
