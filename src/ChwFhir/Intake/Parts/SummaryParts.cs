using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Parts;

/// <summary>The after-visit summary as JSON, member by member in the order of the contract.</summary>
internal static class SummaryParts
{
    private static readonly ReferenceKind ToEncounter = new("Encounter");

    private static readonly Part<SummaryEncounter> Encounter = new(encounter => new SummaryEncounter
    {
        Reference = encounter.Optional("reference", ToEncounter),
        Identifiers = encounter.Optional("identifier", PeopleParts.Identifier) is { } identifier ? [identifier] : [],
        Start = encounter.Date("start"),
        End = encounter.Date("end"),
        Type = encounter.Text("type"),
        Location = encounter.Text("location"),
        Reason = encounter.Text("reason"),
    });

    private static readonly Part<DocumentCode> Code = new(code => new DocumentCode(
        code.Required("system", Kinds.Uri),
        code.RequiredText("code"),
        code.Text("display")));

    private static readonly ListKind<SummaryDiagnosis> Diagnoses = new(new Part<SummaryDiagnosis>(diagnosis => new SummaryDiagnosis(
        diagnosis.RequiredText("text"),
        diagnosis.Optional("code", Code))));

    private static readonly ListKind<SummaryMedication> Medications = new(new Part<SummaryMedication>(medication => new SummaryMedication(
        medication.RequiredText("text"),
        medication.Word<MedicationChange>("change"),
        medication.Text("instructions"))));

    private static readonly ListKind<SummaryInstruction> Instructions = new(new Part<SummaryInstruction>(instruction => new SummaryInstruction(
        instruction.Text("title"),
        instruction.RequiredText("text"))));

    private static readonly ListKind<WarningSign> WarningSigns = new(new Part<WarningSign>(sign => new WarningSign(
        sign.RequiredText("text"),
        sign.Word<WarningAction>("action"),
        sign.Text("phone"))));

    private static readonly ListKind<SummaryFollowUp> FollowUps = new(new Part<SummaryFollowUp>(followUp => new SummaryFollowUp(
        followUp.RequiredText("text"),
        followUp.Text("with"),
        followUp.Date("start"),
        followUp.Text("phone"))));

    private static readonly ListKind<PendingTest> PendingTests = new(new Part<PendingTest>(test => new PendingTest(
        test.RequiredText("text"),
        test.Date("due"))));

    private static readonly ListKind<SummaryGoal> Goals = new(new Part<SummaryGoal>(goal => new SummaryGoal(goal.RequiredText("text"))));

    public static readonly Part<SummaryJson> Shape = new(summary => new SummaryJson
    {
        SchemaVersion = summary.Optional("schemaVersion", VersionKind.One) ?? 1,
        Id = summary.Id("id"),
        Title = summary.Text("title"),
        Language = summary.Optional("language", Kinds.Language),
        Authored = summary.Date("authored"),
        Patient = summary.Optional("patient", PeopleParts.Patient),
        Author = summary.Optional("author", PeopleParts.Author),
        Encounter = summary.Optional("encounter", Encounter),
        Diagnoses = summary.List("diagnoses", Diagnoses),
        Medications = summary.List("medications", Medications),
        Instructions = summary.List("instructions", Instructions),
        WarningSigns = summary.List("warningSigns", WarningSigns),
        FollowUps = summary.List("followUps", FollowUps),
        PendingTests = summary.List("pendingTests", PendingTests),
        Goals = summary.List("goals", Goals),
        Narrative = summary.Text("narrative"),
    });
}
