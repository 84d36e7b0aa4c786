using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>Data types of FHIR as the words and values of a summary.</summary>
internal static class Sayings
{
    private const string Npi = "http://hl7.org/fhir/sid/us-npi";

    public static string? Text(this CodeableConcept? concept) =>
        concept is null ? null : Trimmed(concept.Text) ?? concept.Coding.Select(coding => Trimmed(coding.Display)).FirstOrDefault(display => display is not null) ?? concept.Coding.Select(coding => Trimmed(coding.Code)).FirstOrDefault(code => code is not null);

    /// <summary>The coding that says most: LOINC, SNOMED CT, ICD-10, RxNorm before a site's own.</summary>
    public static DocumentCode? Code(this CodeableConcept? concept)
    {
        var best = concept?.Coding.Where(coding => !string.IsNullOrWhiteSpace(coding.Code)).MinBy(coding => coding.System switch
        {
            "http://loinc.org" => 0,
            "http://snomed.info/sct" => 1,
            "http://hl7.org/fhir/sid/icd-10-cm" => 2,
            "http://www.nlm.nih.gov/research/umls/rxnorm" => 3,
            null => 9,
            _ => 5,
        });
        return best is null ? null : new DocumentCode(Trimmed(best.System), best.Code!.Trim(), Trimmed(best.Display));
    }

    public static string? Loinc(this CodeableConcept? concept) => concept?.Coding.Find(coding => coding.System == "http://loinc.org" && !string.IsNullOrWhiteSpace(coding.Code))?.Code;

    public static PersonIdentifier? Of(Identifier? identifier) =>
        identifier is { Value: { } value } && !string.IsNullOrWhiteSpace(value) && !string.IsNullOrWhiteSpace(identifier.System) ? new PersonIdentifier(identifier.System.Trim(), value.Trim()) : null;

    public static IReadOnlyList<PersonIdentifier> Of(IEnumerable<Identifier> identifiers) => [.. identifiers.Select(Of).OfType<PersonIdentifier>().Distinct()];

    /// <summary>The absolute URL that a reference is; null for any other.</summary>
    public static string? Elsewhere(ResourceReference? reference) =>
        reference?.Reference is { } text && FhirReference.TryParse(text, out var parsed) && parsed.Base is not null ? text : null;

    public static string? Name(IEnumerable<HumanName> names)
    {
        var best = names.OrderBy(name => name.Use is HumanName.NameUse.Official or null ? 0 : name.Use is HumanName.NameUse.Usual ? 1 : 2).FirstOrDefault();
        if (best is null)
            return null;

        return Trimmed(best.Text) ?? Trimmed(string.Join(' ', best.Prefix.Concat(best.Given).Append(best.Family).Concat(best.Suffix).Where(part => !string.IsNullOrWhiteSpace(part))));
    }

    public static string? Phone(IEnumerable<ContactPoint> contacts) =>
        contacts.Where(contact => contact.System is ContactPoint.ContactPointSystem.Phone or ContactPoint.ContactPointSystem.Sms or null).Select(contact => Trimmed(contact.Value)).FirstOrDefault(value => value is not null);

    public static DocumentPatient Patient(Patient patient)
    {
        var name = patient.Name.OrderBy(name => name.Use is HumanName.NameUse.Official ? 0 : name.Use is HumanName.NameUse.Usual or null ? 1 : 2).FirstOrDefault();
        return new DocumentPatient
        {
            Identifiers = Of(patient.Identifier),
            Family = Trimmed(name?.Family),
            Given = name?.Given.Select(Trimmed).FirstOrDefault(given => given is not null),
            BirthDate = Trimmed(patient.BirthDate),
        };
    }

    public static DocumentAuthor? Author(Resource? who, ResourceReference reference, Func<ResourceReference?, Resource?> find)
    {
        switch (who)
        {
            case Practitioner practitioner:
                return new DocumentAuthor { Identifiers = [.. Of(practitioner.Identifier).OrderBy(identifier => identifier.System == Npi ? 0 : 1)], Name = Name(practitioner.Name), Phone = Phone(practitioner.Telecom) };
            case PractitionerRole role:
                var person = role.Practitioner is { } holder ? Author(find(holder), holder, find) : null;
                return (person ?? new DocumentAuthor { Name = Trimmed(role.Practitioner?.Display) }) with
                {
                    Organization = (find(role.Organization) as Organization)?.Name ?? Trimmed(role.Organization?.Display),
                    Phone = person?.Phone ?? Phone(role.Telecom),
                };
            case Organization organization:
                return new DocumentAuthor { Organization = Trimmed(organization.Name), Identifiers = Of(organization.Identifier), Phone = Phone(organization.Telecom) };
            case Device:
                return null;
        }

        var own = reference.Reference is { } target && FhirReference.TryParse(target, out var parsed) && parsed.Type is "Practitioner" or "PractitionerRole" ? target : null;
        var author = new DocumentAuthor { Reference = own, Name = Trimmed(reference.Display), Identifiers = Of(reference.Identifier) is { } identifier ? [identifier] : [] };
        return author is { Reference: null, Name: null, Identifiers.Count: 0 } ? null : author;
    }

    public static SummaryEncounter Visit(Encounter encounter, Func<ResourceReference?, Resource?> find) => new()
    {
        Identifiers = Of(encounter.Identifier),
        Start = Trimmed(encounter.Period?.Start),
        End = Trimmed(encounter.Period?.End),
        Type = encounter.Type.Select(type => type.Text()).FirstOrDefault(text => text is not null),
        Codes = [.. encounter.Type.Select(type => type.Code()).OfType<DocumentCode>()],
        Location = encounter.Location.Select(place => (find(place.Location) as Location)?.Name ?? Trimmed(place.Location?.Display)).FirstOrDefault(name => name is not null),
        Provider = encounter.Participant.Select(participant => (find(participant.Individual) is Practitioner practitioner ? Name(practitioner.Name) : null) ?? Trimmed(participant.Individual?.Display)).FirstOrDefault(name => name is not null),
        Reason = encounter.ReasonCode.Select(reason => reason.Text()).FirstOrDefault(text => text is not null),
    };

    public static DocumentRelation? Relation(DocumentRelationshipType? type) => type switch
    {
        DocumentRelationshipType.Replaces => DocumentRelation.Replaces,
        DocumentRelationshipType.Appends => DocumentRelation.Appends,
        DocumentRelationshipType.Transforms => DocumentRelation.Transforms,
        _ => null,
    };

    public static string? Date(DataType? value) => value switch
    {
        FhirDateTime time => Trimmed(time.Value),
        Date date => Trimmed(date.Value),
        Period period => Trimmed(period.Start) ?? Trimmed(period.End),
        _ => null,
    };

    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
