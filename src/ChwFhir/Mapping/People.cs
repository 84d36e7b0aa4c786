using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Who a note's words for people mean, as far as the note says.</summary>
internal static class People
{
    /// <summary>The patient, the one caregiver of the visit, or the CHW. Two caregivers and no word which: a caregiver, without a name.</summary>
    internal static ResourceReference? Reporter(Draft draft, ReportedBy? by) => by switch
    {
        ReportedBy.Patient => draft.Patient(),
        ReportedBy.Caregiver => Caregiver(draft) ?? new ResourceReference { Display = "Caregiver" },
        ReportedBy.Observed or ReportedBy.Chw => draft.Signed(),
        _ => null,
    };

    internal static ResourceReference? Caregiver(Draft draft)
    {
        ResourceReference? only = null;

        foreach (var participant in draft.Note.Visit.Participants)
        {
            if (participant.Role != ParticipantRole.Caregiver || Participant(draft, participant) is not { } caregiver)
                continue;
            if (only is not null)
                return null;
            only = caregiver;
        }

        return only;
    }

    /// <summary>A participant's own resource, in the EHR or in this note.</summary>
    internal static ResourceReference? Participant(Draft draft, Participant participant)
    {
        if (participant.Reference is { } reference)
            return new ResourceReference(reference, participant.Name);

        return draft.Find(CaregiverMapping.Name(participant)) is { } mapped ? new ResourceReference(mapped.FullUrl, participant.Name) : null;
    }
}
