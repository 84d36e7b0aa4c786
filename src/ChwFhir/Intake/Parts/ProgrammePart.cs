using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class ProgrammePart
{
    private static readonly ReferenceKind ToEncounter = new("Encounter");

    private static readonly Part<InitiatingVisit> InitiatingVisit = new(visit => new InitiatingVisit
    {
        Date = visit.Date("date"),
        Reference = visit.Optional("reference", ToEncounter),
    });

    private static readonly Part<PersonRef> Practitioner = PeopleParts.Ref("Practitioner", "PractitionerRole");

    public static readonly Part<NoteProgramme> Shape = new(programme => new NoteProgramme
    {
        Id = programme.RequiredId("id"),
        Name = programme.Text("name"),
        Start = programme.Date("start"),
        End = programme.Date("end"),
        Model = programme.Text("model"),
        BillingPractitioner = programme.Optional("billingPractitioner", Practitioner),
        InitiatingVisit = programme.Optional("initiatingVisit", InitiatingVisit),
    });
}
