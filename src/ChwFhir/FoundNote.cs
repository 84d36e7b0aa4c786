using ChwFhir.Access;

namespace ChwFhir;

/// <summary>A note as somebody may see it.</summary>
/// <param name="Number">Our own number, for the audit log.</param>
/// <param name="Patient"><c>Patient/x</c>, or the identifier while the EHR has not said whose it is.</param>
public sealed record FoundNote(NoteStatus Status, long Number, string Patient, NoteRights Rights)
{
    /// <summary>A later status of the same note, for the same caller.</summary>
    public NoteStatus Show(NoteStatus status) => Rights.HasFlag(NoteRights.Outcome) ? status : WriteBack.NoteReport.Reduced(status) with { Patient = Status.Patient };
}
