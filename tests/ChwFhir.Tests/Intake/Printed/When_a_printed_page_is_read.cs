using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Printed;

internal sealed class When_a_printed_page_is_read
{
    private const string ThePage = """
        AFTER VISIT SUMMARY
        Visit date: 11/03/2026
        Provider: Jane Smith, MD
        Department: Oncology Clinic

        Reason for Visit
        Nausea after treatment

        Diagnoses
        - Breast cancer (C50.919)
        - Nausea

        YOUR MEDICATIONS

        START taking these medications
          ondansetron 4 mg tablet
             Commonly known as: Zofran
             Take 1 tablet by mouth every 8 hours as needed for nausea

        CHANGE how you take these medications
          lisinopril 20 mg tablet
             Take 1 tablet by mouth daily

        STOP taking these medications
          ibuprofen 600 mg tablet

        Diet: Small frequent meals. Drink at least
        8 glasses of water.

        Activity
        You may walk as tolerated.

        When to Call
        Call the clinic at 555-010-2000 if you have:
          * Fever of 100.4 F or higher
          * Vomiting that does not stop,
            even with the tablets
        Call 911 right away for:
          * Chest pain
        Do not call 911 for pain; call hospice at (555) 010-3000 when pain is not controlled.

        Follow-up Appointments
        Tuesday November 17, 2026 10:30 AM
        Office Visit with Jane Smith, MD
        555-010-2000

        Friday 12/4/2026 9:00 AM
        CT scan

        Pending Tests
        - CBC, expected by 11/10/2026

        Goals
        1. Walk 10 minutes a day
        2. Eat three meals

        Parking
        The garage is on Main Street.
        """;

    private static readonly SummaryReading.Read TheReading = Reading.Good("text/plain; charset=utf-8", ThePage);
    private static readonly AfterVisitSummary TheSummary = TheReading.Summary;

    [Test]
    public void Every_word_stands_in_exactly_one_part() => Assert.That(Reading.Words(TheSummary), Is.EqualTo(Reading.WordsOf(ThePage)));

    [Test]
    public void Its_headings_head_its_parts() =>
        Assert.That(TheSummary.Sections.Select(section => section.Title), Is.EqualTo(new[]
        {
            "AFTER VISIT SUMMARY", "Reason for Visit", "Diagnoses", "YOUR MEDICATIONS", "START taking these medications", "CHANGE how you take these medications", "STOP taking these medications",
            "Diet", "Activity", "When to Call", "Call the clinic at 555-010-2000 if you have", "Call 911 right away for", "Follow-up Appointments", "Pending Tests", "Goals", "Parking",
        }));

    [Test]
    public void Medicines_are_told_with_what_became_of_them() =>
        Assert.That(TheSummary.Medications.Select(medicine => (medicine.Text, medicine.Change)), Is.EqualTo(new (string, MedicationChange?)[]
        {
            ("ondansetron 4 mg tablet", MedicationChange.Started), ("lisinopril 20 mg tablet", MedicationChange.Changed), ("ibuprofen 600 mg tablet", MedicationChange.Stopped),
        }));

    [Test]
    public void Directions_stay_with_their_medicine() =>
        Assert.That(TheSummary.Medications[0].Instructions, Is.EqualTo("Commonly known as: Zofran\nTake 1 tablet by mouth every 8 hours as needed for nausea"));

    [Test]
    public void Warning_signs_say_whom_to_call_where_the_page_does() =>
        Assert.That(TheSummary.WarningSigns, Is.EqualTo(new[]
        {
            new WarningSign("Fever of 100.4 F or higher", WarningAction.CallClinic, "555-010-2000"),
            new WarningSign("Vomiting that does not stop, even with the tablets", WarningAction.CallClinic, "555-010-2000"),
            new WarningSign("Chest pain", WarningAction.Call911),
            new WarningSign("Do not call 911 for pain; call hospice at (555) 010-3000 when pain is not controlled.", WarningAction.CallHospice, "(555) 010-3000"),
        }));

    [Test]
    public void Appointments_have_day_person_and_number()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.FollowUps.Select(visit => (visit.With, visit.Start, visit.Phone)), Is.EqualTo(new[] { ("Jane Smith, MD", "2026-11-17", "555-010-2000"), (null, "2026-12-04", (string?)null) }));
        Assert.That(TheSummary.FollowUps[0].Text, Does.Contain("10:30 AM"));
    }

    [Test]
    public void The_rest_of_the_lists_is_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Diagnoses.Select(diagnosis => diagnosis.Text), Is.EqualTo(new[] { "Breast cancer (C50.919)", "Nausea" }));
        Assert.That(TheSummary.Diagnoses[0].Code, Is.EqualTo(new DocumentCode("http://hl7.org/fhir/sid/icd-10-cm", "C50.919", null)));
        Assert.That(TheSummary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "Small frequent meals. Drink at least\n8 glasses of water."), new SummaryInstruction("Activity", "You may walk as tolerated.") }));
        Assert.That(TheSummary.PendingTests, Is.EqualTo(new[] { new PendingTest("CBC, expected by 11/10/2026", "2026-11-10") }));
        Assert.That(TheSummary.Goals.Select(goal => goal.Text), Is.EqualTo(new[] { "Walk 10 minutes a day", "Eat three meals" }));
    }

    [Test]
    public void The_visit_is_told_by_its_labels()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheSummary.Encounter?.Start, Is.EqualTo("2026-11-03"));
        Assert.That(TheSummary.Encounter?.Location, Is.EqualTo("Oncology Clinic"));
        Assert.That(TheSummary.Encounter?.Provider, Is.EqualTo("Jane Smith, MD"));
        Assert.That(TheSummary.Encounter?.Reason, Is.EqualTo("Nausea after treatment"));
    }

    [Test]
    public void What_is_not_known_stays_text_and_a_line_says_so()
    {
        var parking = TheSummary.Sections.Select((section, at) => (section.Title, at)).Single(section => section.Title == "Parking").at;

        Assert.That(TheReading.Issues.Where(issue => issue.Code == "kept-in-text").Select(issue => issue.Pointer), Does.Contain($"/sections/{parking}").And.None.EqualTo("/sections/7"));
    }

    [Test]
    public void A_page_in_Spanish_is_understood_the_same_way()
    {
        var summary = Reading.Good("text/plain", """
            RESUMEN DE LA VISITA

            Medicamentos
            EMPIECE A TOMAR:
            • Ibuprofeno 400 mg: tome 1 tableta cada 8 horas
            DEJE DE TOMAR:
            • Naproxeno 500 mg

            Cuándo llamar
            Llame a la clínica al 555-010-2000 si tiene:
            - Fiebre
            Llame al 911 si tiene dolor de pecho.

            Citas
            - Cita con la Dra. Ana Ruiz el 15 de marzo de 2026
            - Laboratorio el 3/4/2026
            """).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Document.Language, Is.EqualTo("es"));
        Assert.That(summary.Medications, Is.EqualTo(new[] { new SummaryMedication("Ibuprofeno 400 mg", MedicationChange.Started, "tome 1 tableta cada 8 horas"), new SummaryMedication("Naproxeno 500 mg", MedicationChange.Stopped) }));
        Assert.That(summary.WarningSigns, Is.EqualTo(new[] { new WarningSign("Fiebre", WarningAction.CallClinic, "555-010-2000"), new WarningSign("Llame al 911 si tiene dolor de pecho.", WarningAction.Call911) }));
        Assert.That(summary.FollowUps.Select(visit => (visit.With, visit.Start)), Is.EqualTo(new[] { ("la Dra. Ana Ruiz", "2026-03-15"), (null, (string?)null) }), "3/4 is either day in Spanish");
    }

    [Test]
    public void A_line_whose_breaks_became_commas_is_read_as_lines()
    {
        var text = "DISCHARGE DIAGNOSES:,1.  Sick sinus syndrome.,2.  Diabetes.,HOSPITAL COURSE: ,She was admitted and had a pacemaker placed without any trouble, and did well after it.,DISCHARGE MEDICATIONS: ,1.  Actos 45 mg a day.,2.  Famotidine 20 mg p.o. b.i.d.,DISCHARGE INSTRUCTIONS: , Follow up in the office in 10 days.";

        var summary = Reading.Good("text/plain", text).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Sections.Select(section => section.Title), Is.EqualTo(new[] { "DISCHARGE DIAGNOSES", "HOSPITAL COURSE", "DISCHARGE MEDICATIONS", "DISCHARGE INSTRUCTIONS" }));
        Assert.That(summary.Diagnoses.Select(diagnosis => diagnosis.Text), Is.EqualTo(new[] { "Sick sinus syndrome", "Diabetes" }));
        Assert.That(summary.Medications.Select(medicine => medicine.Text), Is.EqualTo(new[] { "Actos 45 mg a day", "Famotidine 20 mg p.o. b.i.d" }));
        Assert.That(summary.FollowUps, Has.Count.EqualTo(1));
        Assert.That(Reading.Words(summary), Is.EqualTo(Reading.WordsOf(text)));
    }

    [TestCase("Call us if you have any questions.")]
    [TestCase("Call 555-010-2000 for an appointment.")]
    [TestCase("Take this even if you feel well.")]
    public void A_sentence_that_is_no_sign_is_none(string sentence) => Assert.That(Reading.Good("text/plain", $"Instructions\n{sentence}").Summary.WarningSigns, Is.Empty);

    [TestCase("Go to the emergency room if you faint.", WarningAction.GoToEd)]
    [TestCase("Call the 24-hour nurse line at 555-010-2222 if the pain gets worse.", WarningAction.CallNurseLine)]
    [TestCase("Call hospice before you call 911 if breathing gets hard.", WarningAction.CallHospice)]
    [TestCase("If you have a fever, call your doctor.", WarningAction.CallClinic)]
    [TestCase("You should be seen again; call for any bleeding.", null)]
    public void What_to_do_is_said_only_where_the_text_says_it(string sentence, WarningAction? action) =>
        Assert.That(Reading.Good("text/plain", $"Instructions\n{sentence}").Summary.WarningSigns.Select(sign => sign.Action), Is.EqualTo(new[] { action }));
}
