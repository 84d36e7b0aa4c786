using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.Access;

/// <summary>Notes as everybody may read them who may read the patient: without what is held back from the chart, for that is for a few, and they read it by <see cref="HeldDesk"/>.</summary>
public sealed class OpenNotes(MappingOptions mapping)
{
    /// <param name="content">As it is stored: what was found out of the note says what it holds back.</param>
    public VisitNote Of(VisitNote note, NoteContent content)
    {
        // Until the EHR has said how old the patient is, it counts as too young: a moment later it is known.
        var resolved = content.Resolved is { } json ? JsonSerializer.Deserialize<ResolvedNote>(json.Span) : null;
        var open = OpenNote.Of(note, resolved ?? new ResolvedNote { Patient = note.Patient.Reference ?? "", BirthDate = note.Patient.Check?.BirthDate ?? FhirTime.DayOf(note.Visit.Start) }, mapping);
        // Nor is it known then what earlier notes hold: what stands for a concern may stand for one of those.
        return resolved is not null ? open : open with { Goals = [.. open.Goals.Where(goal => goal.Addresses.Count == 0)], Referrals = [.. open.Referrals.Where(referral => referral.Reason is null)] };
    }
}
