using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

/// <summary>Patient, author and whoever else is named by a reference or an identifier.</summary>
internal static class PeopleParts
{
    private static readonly ReferenceKind ToPatient = new("Patient");
    private static readonly ReferenceKind ToPractitioner = new("Practitioner", "PractitionerRole");

    public static readonly Part<PersonIdentifier> Identifier = new(identifier => new PersonIdentifier(
        identifier.Required("system", Kinds.Uri) ?? "",
        identifier.RequiredText("value")));

    private static readonly Part<PatientCheck> Check = new(check => new PatientCheck
    {
        BirthDate = check.Optional("birthDate", Kinds.Day),
        FamilyName = check.Text("familyName"),
    });

    public static readonly Part<NotePatient> Patient = new(patient =>
    {
        patient.AnyOf("reference", "identifier");
        return new NotePatient
        {
            Reference = patient.Optional("reference", ToPatient),
            Identifier = patient.Optional("identifier", Identifier),
            Check = patient.Optional("check", Check),
        };
    });

    public static readonly Part<NoteAuthor> Author = new(author =>
    {
        author.AnyOf("reference", "identifier");
        return new NoteAuthor
        {
            Reference = author.Optional("reference", ToPractitioner),
            Identifier = author.Optional("identifier", Identifier),
            Name = author.Text("name"),
            Phone = author.Text("phone"),
        };
    });

    /// <summary>Anybody or anything that is known only by reference or identifier.</summary>
    public static Part<PersonRef> Ref(params string[] types)
    {
        var toOneOf = new ReferenceKind(types);
        return new Part<PersonRef>(person =>
        {
            person.AnyOf("reference", "identifier");
            return new PersonRef { Reference = person.Optional("reference", toOneOf), Identifier = person.Optional("identifier", Identifier) };
        });
    }
}
