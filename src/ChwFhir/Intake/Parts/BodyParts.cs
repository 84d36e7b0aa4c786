using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

/// <summary>Symptoms, measurements and the medicines that are at home.</summary>
internal static class BodyParts
{
    private const int WorstScore = 10;

    public static readonly ListKind<Symptom> Symptoms = new(new Part<Symptom>(symptom => new Symptom
    {
        Kind = symptom.RequiredWord<SymptomKind>("symptom"),
        Score = symptom.Whole("score", to: WorstScore),
        Text = symptom.Text("text"),
        Since = symptom.Date("since"),
        Usual = symptom.Whole("usual", to: WorstScore),
        Tolerable = symptom.Whole("tolerable", to: WorstScore),
        ReportedBy = symptom.Word<ReportedBy>("reportedBy"),
        Tried = symptom.Text("tried"),
        NeedsClinician = symptom.Flag("needsClinician"),
        Hold = symptom.Optional("hold", HoldPart.Shape),
        FromNarrative = symptom.Optional(TakenOverPart.Member, TakenOverPart.Shape),
    }));

    public static readonly ListKind<Vital> Vitals = new(new Part<Vital>(vital => new Vital
    {
        Kind = vital.RequiredWord<VitalKind>("kind"),
        Value = vital.NotNegative("value"),
        Systolic = vital.NotNegative("systolic"),
        Diastolic = vital.NotNegative("diastolic"),
        Unit = vital.Text("unit"),
        Date = vital.Date("date"),
        ReportedBy = vital.Word<ReportedBy>("reportedBy"),
        Text = vital.Text("text"),
    }));

    public static readonly ListKind<MedicineAtHome> Medicines = new(new Part<MedicineAtHome>(medicine => new MedicineAtHome
    {
        Text = medicine.RequiredText("text"),
        Taking = medicine.Word<Taking>("taking"),
        Why = medicine.Word<NotTakingReason>("why"),
        DaysLeft = medicine.Whole("daysLeft"),
    }));
}
