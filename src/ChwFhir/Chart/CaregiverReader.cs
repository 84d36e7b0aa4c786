using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>The patient's own people: of the chart's related persons, of the contacts on the chart's first page, and of the visits.</summary>
internal static class CaregiverReader
{
    // HL7's codes of family members, for charts that give the code without a word.
    private static readonly Dictionary<string, string> Relatives = new(StringComparer.Ordinal)
    {
        ["SPS"] = "spouse", ["HUSB"] = "husband", ["WIFE"] = "wife", ["DOMPART"] = "partner", ["SIGOTHR"] = "partner", ["CHILD"] = "child", ["SONC"] = "son", ["SON"] = "son", ["DAUC"] = "daughter", ["DAU"] = "daughter",
        ["PRN"] = "parent", ["MTH"] = "mother", ["NMTH"] = "mother", ["FTH"] = "father", ["NFTH"] = "father", ["SIB"] = "sibling", ["SIS"] = "sister", ["NSIS"] = "sister", ["BRO"] = "brother", ["NBRO"] = "brother",
        ["GRPRN"] = "grandparent", ["GRNDCHILD"] = "grandchild", ["AUNT"] = "aunt", ["UNCLE"] = "uncle", ["NIENEPH"] = "niece or nephew", ["COUSN"] = "cousin", ["FRND"] = "friend", ["NBOR"] = "neighbor", ["ROOM"] = "roommate", ["GUARD"] = "guardian",
        ["DAUINLAW"] = "daughter-in-law", ["SONINLAW"] = "son-in-law", ["C"] = "emergency contact", ["N"] = "next of kin", ["E"] = "employer", ["U"] = "unknown",
    };

    public static IReadOnlyList<Caregiver> Read(IReadOnlyList<RelatedPerson> related, Patient? patient, IReadOnlyList<OwnNote> notes, DateTimeOffset now)
    {
        var found = related.Where(one => one.Active is not false && !Said.IsOver(one.Period, now)).Select(Of)
            .Concat(patient?.Contact.Where(one => one.Organization is null && !Said.IsOver(one.Period, now)).Select(one => Of(patient, one)) ?? [])
            .Concat(notes.Where(note => note.Said is not null).SelectMany(note => note.Said!.Visit.Participants.Where(one => one.Role is ParticipantRole.Caregiver or ParticipantRole.Family).Select(one => Of(note, one))))
            .Where(one => one.Name is not null || one.Phones.Count > 0);
        // The same person stands in several places; each says something more.
        return [.. found.GroupBy(one => Key(one)).Select(same => same.Aggregate(Together))];
    }

    private static Caregiver Of(RelatedPerson person) => new(
        Said.Name(person.Name), person.Relationship.Select(Relation).FirstOrDefault(text => text is not null),
        [.. person.Relationship.Select(Relation).OfType<string>().Skip(1).Distinct()], Said.Phones(person.Telecom),
        Said.Text(person.Communication.OrderByDescending(one => one.Preferred is true).FirstOrDefault()?.Language), null, null, Said.Chart(person, Said.Stamp(person.Meta?.LastUpdated)));

    private static Caregiver Of(Patient patient, Patient.ContactComponent contact) => new(
        Said.Name(contact.Name), contact.Relationship.Select(Relation).FirstOrDefault(text => text is not null),
        [.. contact.Relationship.Select(Relation).OfType<string>().Skip(1).Distinct()], Said.Phones(contact.Telecom), null, null, null, Said.Chart(patient, Said.Stamp(patient.Meta?.LastUpdated)));

    private static Caregiver Of(OwnNote note, Participant person) => new(
        Said.Clean(person.Name), Said.Clean(person.Relationship), [], Said.Clean(person.Phone) is { } phone ? [new Phone(phone, null)] : [], null,
        person.MayDiscuss is { } may ? Words.Of(may) : null, person.LivesHere, note.Source);

    private static string? Relation(CodeableConcept concept) => Said.Text(concept) is { } text && Relatives.TryGetValue(text, out var word) ? word : Said.Text(concept);

    private static string Key(Caregiver one) => one.Name is { } name ? Folded(name) : one.Phones[0].Number;

    private static string Folded(string name) => string.Join(' ', name.ToLowerInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Order());

    private static Caregiver Together(Caregiver first, Caregiver next) => first with
    {
        Relationship = first.Relationship ?? next.Relationship,
        Roles = [.. first.Roles.Concat(next.Roles).Append(next.Relationship).OfType<string>().Where(role => role != (first.Relationship ?? next.Relationship)).Distinct(StringComparer.OrdinalIgnoreCase)],
        Phones = [.. first.Phones.Concat(next.Phones).DistinctBy(phone => new string([.. phone.Number.Where(char.IsAsciiDigit)]))],
        Language = first.Language ?? next.Language,
        MayDiscuss = first.MayDiscuss ?? next.MayDiscuss,
        LivesHere = first.LivesHere ?? next.LivesHere,
    };
}
