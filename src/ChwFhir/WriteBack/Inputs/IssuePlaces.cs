using ChwFhir.Intake;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>Where a form says whose it is and of which encounter: what the EHR finds wrong with them is said of that place, and found again by it.</summary>
internal sealed record IssuePlaces(string Patient, string Encounter)
{
    public static readonly IssuePlaces OfNote = new("/patient", "/visit/encounter");
    public static readonly IssuePlaces OfSummary = new("/patient", "/encounter");
    public static readonly IssuePlaces OfScreening = new("/subject", "/encounter");

    /// <summary>What was found wrong, said of a note, as it is said of this form.</summary>
    public NoteIssue Of(NoteIssue issue) => issue.Pointer switch
    {
        { } pointer when IsIn(pointer, OfNote.Patient) => issue with { Pointer = Patient + pointer[OfNote.Patient.Length..] },
        { } pointer when IsIn(pointer, OfNote.Encounter) => issue with { Pointer = Encounter + pointer[OfNote.Encounter.Length..] },
        _ => issue,
    };

    /// <summary>Whether the chart is in question, in whatever form.</summary>
    public static bool AreOfPatient(NoteIssue issue) => issue.Pointer is { } pointer && (IsIn(pointer, OfNote.Patient) || IsIn(pointer, OfScreening.Patient));

    /// <summary>Whether the encounter is.</summary>
    public static bool AreOfEncounter(NoteIssue issue) => issue.Pointer is { } pointer && (IsIn(pointer, OfNote.Encounter) || IsIn(pointer, OfSummary.Encounter));

    private static bool IsIn(string pointer, string member) => pointer == member || pointer.StartsWith(member + "/", StringComparison.Ordinal);
}
