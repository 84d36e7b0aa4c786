using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>People of the patient's life who were there and whom the EHR does not know yet: RelatedPerson.</summary>
internal static class CaregiverMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var participant in draft.Note.Visit.Participants)
        {
            if (!IsOne(participant))
                continue;

            var key = draft.TakeKey(Key(participant));
            draft.Alias(Name(participant), draft.AddLongLived(key, Person(draft, participant), foldedText: Folding.Fold($"{participant.Name} {participant.Relationship}")));
        }
    }

    /// <summary>Known to the mapping only: which participant this is.</summary>
    internal static string Name(Participant participant) => $"participant {participant.Id} {participant.Name} {participant.Relationship}";

    internal static bool IsOne(Participant participant) =>
        participant.Reference is null
        && participant.Role is ParticipantRole.Caregiver or ParticipantRole.Family or ParticipantRole.Other
        && (participant.Name ?? participant.Relationship) is not null;

    private static string Key(Participant participant) =>
        $"caregiver/{(participant.Id is { } id ? Folding.KeyPart(id) : Folding.Hash($"{participant.Name} {participant.Relationship}"))}";

    private static RelatedPerson Person(Draft draft, Participant participant)
    {
        var person = new RelatedPerson { Meta = Concepts.Profile("us-core-relatedperson", OwnProfiles.Caregiver), Active = true, Patient = draft.Patient() };

        if (participant.Identifier is { } identifier)
            person.Identifier.Add(Concepts.Given(identifier.System, identifier.Value));
        if (participant.Relationship is { } relationship)
            person.Relationship.Add(Relationship(relationship));
        if (participant.Role == ParticipantRole.Caregiver)
            person.Relationship.Add(Concepts.Of(Systems.RoleClass, "CAREGIVER", "caregiver"));
        if (participant.Name is { } name)
            person.Name.Add(new HumanName { Text = name });
        if (participant.Phone is { } phone)
            person.Telecom.Add(new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = phone });

        return person;
    }

    private static CodeableConcept Relationship(string words) =>
        CodeTables.Relationships.TryGetValue(Folding.Fold(words), out var known) ? Concepts.Of(Systems.RoleCode, known.Code, known.Display, words) : Concepts.Text(words);
}
