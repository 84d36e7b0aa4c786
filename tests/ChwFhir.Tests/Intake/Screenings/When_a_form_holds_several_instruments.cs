using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;
using NUnit.Framework;
using static ChwFhir.Tests.Intake.Screenings.Responses;

namespace ChwFhir.Tests.Intake.Screenings;

internal sealed class When_a_form_holds_several_instruments
{
    private static readonly string Hunger = $"{Item("88122-7", Code("LA28397-0"))}, {Item("88123-5", Code("LA28398-8"))}";

    private static readonly string Phq2 = $"{Item("44250-9", Code("LA6571-9"))}, {Item("44255-8", Code("LA6570-1"))}";

    private static readonly string Distress = Item("distress", """{ "valueInteger": 7 }""");

    [Test]
    public void Each_is_read_and_scored()
    {
        var read = Taken(With($"[ {Hunger}, {Phq2}, {Distress} ]"));
        var mapped = Map(read);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Screening.AsNote.Screenings.Select(screening => screening.Instrument), Is.EquivalentTo(new[] { Instrument.HungerVitalSign, Instrument.Phq2, Instrument.DistressThermometer }));
        Assert.That(read.Issues.Select(issue => issue.Code), Has.None.EqualTo("kept-in-text"));
        Assert.That(mapped.Resources.Select(one => one.Key), Is.SupersetOf(new[] { "screening/hunger-vital-sign/panel", "screening/phq-2/panel", "screening/phq-2/55758-7", "screening/distress-thermometer/distress" }));
        Assert.That(mapped.Resources.Select(one => one.Resource).OfType<QuestionnaireResponse>().Count(), Is.EqualTo(1), "one form was sent");
        Assert.That(mapped.Document, Does.Contain("Hunger Vital Sign").And.Contain("PHQ-2").And.Contain("Distress"));
    }

    [Test]
    public void One_that_its_Questionnaire_names_does_not_hide_the_others()
    {
        var read = Taken(With($"[ {Phq2}, {Hunger} ]", """{ "questionnaire": "https://chwfhir.org/fhir/Questionnaire/hunger-vital-sign" }"""));

        Assert.That(read.Screening.AsNote.Screenings.Select(screening => screening.Instrument), Is.EqualTo(new[] { Instrument.HungerVitalSign, Instrument.Phq2 }));
    }

    [Test]
    public void Questions_that_two_of_them_ask_count_once()
    {
        var phq9 = string.Join(", ", new[] { "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8" }.Select((item, at) => Item(item, Code(at == 0 ? "LA6571-9" : at == 1 ? "LA6570-1" : "LA6568-5"))));
        var read = Taken(With($$"""[ { "linkId": "first", "item": [ {{Phq2}} ] }, { "linkId": "then", "item": [ {{phq9}} ] } ]"""));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Screening.AsNote.Screenings.Single().Instrument, Is.EqualTo(Instrument.Phq9));
        Assert.That(read.Issues.Count(issue => issue.Code == "answered-twice"), Is.EqualTo(2));
    }

    [Test]
    public void A_few_known_questions_in_a_long_form_of_another_kind_are_no_screening()
    {
        var own = string.Join(", ", Enumerable.Range(1, 10).Select(at => Item($"own-{at}", """{ "valueString": "x" }""")));

        Assert.That(Faults(With($"[ {own}, {Hunger} ]")).Select(fault => fault.Code), Is.EqualTo(new[] { "unknown-instrument" }));
    }

    [Test]
    public void Who_recorded_it_is_missed()
    {
        var read = Taken(With($"[ {Hunger} ]", """{ "author": null }"""));

        Assert.That(read.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "no-author" }));
    }

    [TestCase("""{ "subject": { "reference": "Patient/p1" } }""", false)]
    [TestCase("""{ "subject": { "identifier": { "system": "urn:mrn", "value": "1" } } }""", false)]
    [TestCase("""{ "subject": { "reference": "Patient/p1", "identifier": { "system": "urn:mrn", "value": "1" } } }""", true)]
    [TestCase("""{ "subject": { "reference": "Patient/p1" }, "contained": [ { "resourceType": "Patient", "id": "p", "name": [ { "family": "Okafor" } ] } ] }""", true)]
    [TestCase("""{ "subject": { "reference": "#p" }, "contained": [ { "resourceType": "Patient", "id": "p", "identifier": [ { "system": "urn:mrn", "value": "1" } ], "birthDate": "1963-04-02" } ] }""", true)]
    public void Where_the_patient_has_to_be_compared_a_reference_alone_does_not_do(string members, bool isTaken)
    {
        var reading = QuestionnaireResponseReader.Read(new SummaryCall(With($"[ {Hunger} ]", members), "application/fhir+json"), new IntakeOptions { RequirePatientCheck = true });

        Assert.That(reading, isTaken ? Is.InstanceOf<ScreeningReading.Read>() : Is.InstanceOf<ScreeningReading.Invalid>());
        if (reading is ScreeningReading.Invalid { Faults: var faults })
            Assert.That(faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("/subject", "required") }));
    }

    [Test]
    public void What_the_form_says_of_its_patient_is_compared_with_the_chart()
    {
        var patient = Taken(With($"[ {Hunger} ]", """{ "subject": { "reference": "Patient/p1", "identifier": { "system": "urn:mrn", "value": "1" } }, "contained": [ { "resourceType": "Patient", "id": "p", "birthDate": "1963-04-02" } ] }""")).Screening.Patient;

        Assert.That(patient, Is.EqualTo(new NotePatient { Reference = "Patient/p1", Identifier = new PersonIdentifier("urn:mrn", "1"), Check = new PatientCheck { BirthDate = "1963-04-02" } }));
    }
}
