using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>The note before it is sent: as a clinician will read it, what becomes of its parts, and who can read it.</summary>
/// <param name="First">The patient's first name; null where the chart does not tell it.</param>
/// <param name="Held">Parts that are kept from the chart.</param>
public sealed record NoteLook(string Document, IReadOnlyList<PlanLine> Plan, IReadOnlyList<NoteIssue> Issues, IReadOnlyList<Hint> Hints, string? First, string? Gender, int Held, string? Trouble = null)
{
    /// <summary>Those of the issues that speak of red flags, for the reader's language.</summary>
    public IReadOnlyList<FlagIssue> Flags { get; init; } = [];

    /// <summary>The fields of the form that issues are about, by the issues' pointers.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public static NoteLook Failed(string trouble) => new("", [], [], [], null, null, 0, trouble);
}
