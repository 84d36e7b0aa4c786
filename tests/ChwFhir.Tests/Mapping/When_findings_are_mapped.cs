using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_findings_are_mapped
{
    [TestCase("LA28397-0", "LA28398-8", "LA19952-3")]
    [TestCase("LA28398-8", "LA6729-3", "LA19952-3")]
    [TestCase("LA28398-8", "LA28398-8", "LA19983-8")]
    [TestCase("LA28398-8", "LA15775-2", null)]
    public void Hunger_is_at_risk_by_either_answer_and_no_risk_only_by_both(string first, string second, string? result)
    {
        var mapped = Notes.Map($$"""{ "screenings": [ { "instrument": "hunger-vital-sign", "answers": [ { "item": "88122-7", "answer": "{{first}}" }, { "item": "88123-5", "answer": "{{second}}" } ] } ] }""");

        var found = mapped.Resources.SingleOrDefault(one => one.Key == "screening/hunger-vital-sign/88124-3")?.Resource as Observation;
        Assert.That((found?.Value as CodeableConcept)?.Coding[0].Code, Is.EqualTo(result));
    }

    [Test]
    public void A_total_is_computed_from_all_answers_only()
    {
        var complete = Notes.Map("""{ "screenings": [ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "LA6571-9" }, { "item": "44255-8", "answer": 2 } ] } ] }""");
        var half = Notes.Map("""{ "screenings": [ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "LA6571-9" }, { "item": "44255-8", "answer": "declined" } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((Quantity)complete.The<Observation>("screening/phq-2/55758-7").Value!).Value, Is.EqualTo(5));
            Assert.That(complete.The<Observation>("screening/phq-2/panel").HasMember.Select(member => member.Reference), Does.Contain(complete.Url("screening/phq-2/55758-7")));
            Assert.That(half.Resources.Select(one => one.Key), Has.None.EqualTo("screening/phq-2/55758-7"));
            Assert.That(half.The<Observation>("screening/phq-2/44255-8").DataAbsentReason!.Coding[0].Code, Is.EqualTo("asked-declined"));
        }
    }

    [Test]
    public void The_same_question_has_the_answers_of_its_own_instrument()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "prapare", "answers": [ { "item": "71802-3", "answer": "LA30190-5" } ] }, { "instrument": "ahc-hrsn", "answers": [ { "item": "71802-3", "answer": "LA31995-6" } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((CodeableConcept)mapped.The<Observation>("screening/prapare/71802-3").Value!).Text, Does.StartWith("I do not have housing"));
            Assert.That(((CodeableConcept)mapped.The<Observation>("screening/ahc-hrsn/71802-3").Value!).Text, Does.StartWith("I do not have a steady place"));
        }
    }

    [Test]
    public void Several_answers_to_one_question_are_each_an_observation()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "ahc-hrsn", "answers": [ { "item": "96778-6", "answer": ["LA28580-1", "LA32001-2"] } ] } ] }""");

        Assert.That(mapped.Resources.Select(one => one.Key), Does.Contain("screening/ahc-hrsn/96778-6").And.Contain("screening/ahc-hrsn/96778-6.2"));
    }

    [Test]
    public void A_pain_score_has_its_LOINC_code_and_the_person_who_told_it()
    {
        var pain = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 3, "usual": 4, "reportedBy": "patient", "tried": "heat" } ] }""").The<Observation>("symptom/pain");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pain.Code.Has("http://loinc.org", "72514-3"));
            Assert.That(((Quantity)pain.Value!).Value, Is.EqualTo(3));
            Assert.That(pain.Performer[0].Reference, Is.EqualTo("Patient/p1"));
            Assert.That(((Quantity)pain.Component[0].Value!).Value, Is.EqualTo(4));
        }
    }

    [TestCase("""{ "kind": "temperature", "value": 98.6 }""", "[degF]")]
    [TestCase("""{ "kind": "temperature", "value": 37.2 }""", "Cel")]
    [TestCase("""{ "kind": "weight", "value": 180, "unit": "lbs" }""", "[lb_av]")]
    [TestCase("""{ "kind": "heart-rate", "value": 72, "unit": "bpm" }""", "/min")]
    [TestCase("""{ "kind": "height", "value": 160.50 }""", "cm")]
    public void A_vital_sign_is_in_UCUM_units(string vital, string unit)
    {
        var mapped = Notes.Map($$"""{ "vitals": [ {{vital}} ] }""");

        Assert.That(((Quantity)((Observation)mapped.Resources[1].Resource).Value!).Code, Is.EqualTo(unit));
    }

    [Test]
    public void A_wish_about_treatment_is_followed_by_the_charts_code_status()
    {
        const string Planning = """{ "advanceCarePlanning": { "discussed": "yes", "text": "No machines." } }""";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Notes.Map(Planning).Document, Does.Contain("The patient's words, not an order. Code status in the chart: could not be read."));
            Assert.That(Notes.Map(Planning, Notes.TheChart with { CodeStatusRead = true, CodeStatus = new("Full code", "2026-10-01") }).Document, Does.Contain("Code status in the chart: Full code, 2026-10-01."));
            Assert.That(Notes.Map("""{ "narrative": "She wants no CPR." }""").Document, Does.Contain("not an order"));
            Assert.That(Notes.Map("{}").Document, Does.Not.Contain("not an order"));
        }
    }

    [Test]
    public void Copies_of_papers_and_photos_are_documents_of_their_own()
    {
        var mapped = Notes.Map("""
            { "advanceCarePlanning": { "discussed": "yes", "documents": [ { "kind": "living-will", "status": "completed", "copy": "a1" } ] },
              "attachments": [ { "id": "a1", "contentType": "image/png", "data": "AAEC" }, { "id": "a2", "title": "Pill box", "contentType": "image/png", "data": "AAEC" } ] }
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<DocumentReference>("advance-directive/a1").Type.Has("http://loinc.org", "45473-6"));
            Assert.That(mapped.The<DocumentReference>("attachment/a2").Content[0].Attachment!.Data, Is.EqualTo(new byte[] { 0, 1, 2 }));
        }
    }

    [Test]
    public void Medicines_at_home_are_words_only()
    {
        var mapped = Notes.Map("""{ "medicinesAtHome": [ { "text": "Blue pills", "taking": "sometimes", "why": "cost", "daysLeft": 3 } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Document, Does.Contain("Blue pills (taking it sometimes, because: cost, 3 days left)"));
            Assert.That(mapped.Resources, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public void A_month_stays_a_month()
    {
        var mapped = Notes.Map("""{ "vitals": [ { "kind": "weight", "value": 60, "date": "2026-10" } ], "screenings": [ { "instrument": "phq-2", "date": "2026-10", "answers": [ { "item": "44250-9", "answer": "LA6568-5" } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((Period)mapped.The<Observation>("vital/weight").Effective!).Start, Is.EqualTo("2026-10"));
            Assert.That(((Period)mapped.The<Observation>("screening/phq-2/44250-9").Effective!).End, Is.EqualTo("2026-10"));
        }
    }

    [Test]
    public void A_caregiver_told_it_even_when_nobody_says_which()
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 3, "reportedBy": "caregiver" } ] }""");

        Assert.That(mapped.The<Observation>("symptom/pain").Performer.Single().Display, Is.EqualTo("Caregiver"));
    }
}
