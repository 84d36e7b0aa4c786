using ChwFhir.Access;

namespace ChwFhir;

/// <summary>A note as somebody may see it.</summary>
/// <param name="Number">Our own number, for the audit log.</param>
/// <param name="Patient"><c>Patient/x</c>, or the identifier while the EHR has not said whose it is.</param>
public sealed record FoundNote(NoteStatus Status, long Number, string Patient, NoteRights Rights)
{
    /// <summary>A later status of the same note, for the same caller.</summary>
    public NoteStatus Show(NoteStatus status)
    {
        var shown = WriteBack.NamesFor.Of(status, Rights);
        return Rights.HasFlag(NoteRights.Outcome) ? shown : WriteBack.NoteReport.Reduced(shown) with { Patient = Status.Patient };
    }

    /// <summary>Its plan, for the same caller.</summary>
    public PlanView Show(PlanView plan) => WriteBack.NamesFor.Of(plan, Rights);
}
