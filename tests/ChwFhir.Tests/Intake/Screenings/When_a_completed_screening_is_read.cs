using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using NUnit.Framework;
using static ChwFhir.Tests.Intake.Screenings.Responses;

namespace ChwFhir.Tests.Intake.Screenings;

internal sealed class When_a_completed_screening_is_read
{
    [TestCase("hunger-vital-sign", Instrument.HungerVitalSign, "hvs-2026-11-20-marion")]
    [TestCase("phq-9-contained-form", Instrument.Phq9, "phq9-2026-11-20-marion")]
    [TestCase("prapare-nested", Instrument.Prapare, null)]
    [TestCase("ahc-hrsn-own-link-ids", Instrument.AhcHrsn, "ahc-2026-11-20-marion")]
    public void A_sample_is_understood(string name, Instrument instrument, string? id)
    {
        var read = Taken(Sample(name));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Screening.Screening.Instrument, Is.EqualTo(instrument));
        Assert.That(read.Screening.Id, Is.EqualTo(id ?? read.ContentHash));
        Assert.That(read.Screening.Patient.Reference, Is.EqualTo("Patient/marion-o"));
        Assert.That(read.Screening.Screening.AnsweredBy, Is.EqualTo(ReportedBy.Patient));
        Assert.That(read.Issues.Select(issue => issue.Code), name == "prapare-nested" ? Is.EqualTo(new[] { "kept-in-text" }) : Is.Empty);
    }

    [Test]
    public void The_answers_are_those_of_the_form()
    {
        var answers = Taken(Sample("prapare-nested")).Screening.Screening.Answers;

        Assert.That(answers.Select(answer => $"{answer.Item}={string.Join('+', answer.Texts)}{answer.Number}"), Is.EqualTo(new[]
        {
            "63512-8=4", "71802-3=LA30189-7", "93033-9=LA33-6", "67875-5=LA17956-6", "63586-2=18500", "93031-3=LA30125-1+LA30124-4", "76501-6=LA33-6",
        }));
    }

    [Test]
    public void What_it_does_not_ask_is_kept_in_words() =>
        Assert.That(Taken(Sample("prapare-nested")).Screening.Others.Single().Text, Is.EqualTo("- Is there somebody whom we may call? Her sister, in the evening"));

    [TestCase("""{ "valueCoding": { "system": "http://snomed.info/sct", "code": "373066001", "display": "Yes" } }""", "LA33-6")]
    [TestCase("""{ "valueBoolean": true }""", "LA33-6")]
    [TestCase("""{ "valueString": "yes" }""", "LA33-6")]
    [TestCase("""{ "valueString": "only in winter" }""", "only in winter")]
    public void An_answer_is_known_by_its_code_or_its_words(string answer, string text)
    {
        var read = Taken(With($"[ {Item("93033-9", answer)}, {Item("67875-5", Code("LA17956-6"))} ]", """{ "questionnaire": "http://example.org/forms/prapare" }"""));

        Assert.That(read.Screening.Screening.Answers[0].Texts, Is.EqualTo(new[] { text }));
    }

    [Test]
    public void What_no_server_would_take_is_refused_all_at_once()
    {
        var body = With(
            $$"""[ {{Item("93033-9", Code("LA33-6"))}}, {{Item("67875-5", Code("LA17956-6"), "{ \"valueQuantity\": { \"value\": 1, \"code\": \"kg\" } }")}} ]""",
            """{ "questionnaire": "http://example.org/forms/prapare", "identifier": { "system": "urn: x", "value": "1" }, "partOf": [ { "reference": "Patient/p1" } ], "text": { "status": "generated", "div": "<div>no namespace</div>" } }""");

        var faults = ((ScreeningReading.Invalid)Read(body)).Faults;

        Assert.That(faults.Where(fault => fault.Code == "not-valid").Select(fault => fault.Pointer), Is.EquivalentTo(new[] { "/identifier/system", "/partOf/0", "/item/1/answer/1/valueQuantity" }));
    }

    [TestCase("""{ "text": { "status": "generated", "div": "<div>no namespace</div>" } }""", "/text")]
    [TestCase("""{ "basedOn": [ { "reference": "ServiceRequest/1", "type": "CarePlan" } ] }""", "/basedOn/0")]
    public void What_nothing_hangs_on_is_remarked_on(string members, string pointer)
    {
        var read = Taken(With($"[ {Item("93033-9", Code("LA33-6"))}, {Item("67875-5", Code("LA17956-6"))} ]", members.Insert(1, """ "questionnaire": "http://example.org/forms/prapare",""")));

        Assert.That(read.Issues.Where(issue => issue.Code == "not-valid").Select(issue => (issue.Severity, issue.Pointer)), Is.EqualTo(new[] { ("warning", pointer) }));
    }

    [TestCase("[\"88122-7\", \"88123-5\"]", "LA28398-8", Instrument.HungerVitalSign)]
    [TestCase("[\"44250-9\", \"44255-8\"]", "LA6568-5", Instrument.Phq2)]
    [TestCase("[\"44250-9\", \"44255-8\", \"44260-8\"]", "LA6568-5", Instrument.Phq9)]
    [TestCase("[\"95618-5\", \"95617-7\"]", "LA6270-8", Instrument.AhcHrsn)]
    public void The_smallest_instrument_that_asks_this_is_meant(string items, string answer, Instrument instrument)
    {
        var asked = System.Text.Json.JsonSerializer.Deserialize<string[]>(items)!;

        Assert.That(Taken(With($"[ {string.Join(", ", asked.Select(item => Item(item, Code(answer))))} ]")).Screening.Screening.Instrument, Is.EqualTo(instrument));
    }

    [Test]
    public void All_faults_are_named_at_once_with_their_places()
    {
        var body = With(
            $"[ {Item("44250-9", Code("LA33-6"))}, {Item("44255-8", Code("LA6568-5"), Code("LA6569-3"))}, {Item("44255-8", Code("LA6568-5"))}, {Item("55758-7", """{ "valueInteger": 9 }""")} ]",
            """{ "questionnaire": "https://chwfhir.org/fhir/Questionnaire/phq-2", "status": "in-progress", "subject": null, "authored": null }""");

        Assert.That(Faults(body), Is.EquivalentTo(new[]
        {
            ("/subject", "required"), ("/status", "not-completed"), ("/authored", "required"),
            ("/item/0/answer/0", "unknown-answer"), ("/item/1/answer", "too-many-answers"), ("/item/2/linkId", "answered-twice"), ("/item/3/answer/0", "out-of-range"),
        }));
    }

    [Test]
    public void What_would_turn_its_meaning_is_refused_with_its_place()
    {
        const string Modifier = "\"modifierExtension\": [ { \"url\": \"http://example.org/not-asked\", \"valueBoolean\": true } ]";
        var items = $$"""[ { "linkId": "88122-7", "answer": [ { "valueCoding": { "code": "LA28397-0" }, {{Modifier}} } ] }, { "linkId": "88123-5", {{Modifier}}, "answer": [ { "valueCoding": { "code": "LA28397-0" } } ] } ]""";

        Assert.That(
            Faults(With(items, """{ "questionnaire": "https://chwfhir.org/fhir/Questionnaire/hunger-vital-sign", "implicitRules": "http://example.org/rules", "modifierExtension": [ { "url": "http://example.org/of-another-person", "valueBoolean": true } ] }""")),
            Is.EquivalentTo(new[] { ("/implicitRules", "not-carried"), ("/modifierExtension", "not-carried"), ("/item/0/answer/0/modifierExtension", "not-carried"), ("/item/1/modifierExtension", "not-carried") }));
    }

    [TestCase("Patient/somebody-else", true)]
    [TestCase("Patient/p1", false)]
    [TestCase("RelatedPerson/r1", false)]
    [TestCase("https://other.example.org/fhir/Patient/77", false)]
    public void Another_patient_who_is_said_to_have_answered_is_remarked_on(string source, bool remarked)
    {
        var body = With($"[ {Item("88122-7", Code("LA28397-0"))}, {Item("88123-5", Code("LA28397-0"))} ]", $$"""{ "subject": { "reference": "Patient/p1" }, "source": { "reference": "{{source}}" } }""");

        Assert.That(Taken(body).Issues.Select(issue => (issue.Code, issue.Pointer)).Where(issue => issue.Code == "source-differs"), Is.EqualTo(remarked ? [("source-differs", "/source/reference")] : Array.Empty<(string, string)>()));
    }

    [Test]
    public void An_instrument_that_is_not_read_is_named_as_such() =>
        Assert.That(Faults(With($"[ {Item("69725-0", Code("LA6568-5"))} ]", """{ "questionnaire": "http://loinc.org/q/69737-5" }""")), Is.EqualTo(new[] { ("/questionnaire", "unknown-instrument") }));

    [Test]
    public void Exercise_alone_is_not_yet_the_tool_that_asks_for_it_too() =>
        Assert.That(Faults(With("""[ { "linkId": "/89555-7", "answer": [ { "valueDecimal": 3 } ] }, { "linkId": "/68516-4", "answer": [ { "valueDecimal": 60 } ] } ]""")), Is.EqualTo(new[] { ("/questionnaire", "unknown-instrument") }));

    [Test]
    public void Another_resource_is_none() => Assert.That(Faults("""{ "resourceType": "Observation", "status": "final" }"""u8.ToArray()), Is.EqualTo(new[] { ("/resourceType", "another-resource") }));

    [Test]
    public void What_is_broken_off_is_taken_with_a_warning()
    {
        var read = Taken(With($"[ {Item("44250-9", Code("LA6570-1"))} ]", """{ "questionnaire": "https://chwfhir.org/fhir/Questionnaire/phq-9", "status": "stopped" }"""));

        Assert.That(read.Issues.Select(issue => (issue.Severity, issue.Code)), Is.EqualTo(new[] { ("warning", "broken-off"), ("warning", "incomplete") }));
    }

    [TestCase("5", true)]
    [TestCase("6", false)]
    [TestCase("24", false)]
    [TestCase("25", true)]
    public void A_total_that_the_answers_so_far_cannot_come_to_is_remarked_on(string total, bool remarked)
    {
        var answers = string.Join(", ", Item("44250-9", Code("LA6571-9")), Item("44255-8", Code("LA6571-9")), Item("44259-0", Code("LA6568-5")), Item("44261-6", $$"""{ "valueInteger": {{total}} }"""));

        var read = Taken(With($"[ {answers} ]", """{ "questionnaire": "https://chwfhir.org/fhir/Questionnaire/phq-9" }"""));

        Assert.That(read.Issues.Select(issue => (issue.Code, issue.Pointer)).Where(issue => issue.Code == "score-differs"), Is.EqualTo(remarked ? [("score-differs", "/item/3/answer/0")] : Array.Empty<(string, string)>()));
    }

    [Test]
    public void A_question_that_was_not_to_be_asked_is_remarked_on()
    {
        var none = string.Join(", ", new[] { "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8" }.Select(item => Item(item, Code("LA6568-5"))));

        Assert.That(Taken(With($"[ {none}, {Item("69722-7", Code("LA6572-7"))} ]")).Issues.Single(), Has.Property("Code").EqualTo("not-to-be-asked").And.Property("Pointer").EqualTo("/item/9/linkId"));
    }

    [TestCase("2026", "2026-01-01T00:00:00Z")]
    [TestCase("2026-11", "2026-11-01T00:00:00Z")]
    [TestCase("2026-11-03", "2026-11-03T00:00:00Z")]
    [TestCase("2026-11-03T14:05:00-05:00", "2026-11-03T19:05:00Z")]
    public void A_partial_time_stays_partial(string authored, string when)
    {
        var read = Taken(With($"[ {Item("distress", """{ "valueInteger": 3 }""")} ]", $$"""{ "authored": "{{authored}}", "questionnaire": "https://chwfhir.org/fhir/Questionnaire/distress-thermometer" }"""));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Screening.Screening.Date, Is.EqualTo(authored));
        Assert.That(read.Screening.When, Is.EqualTo(DateTimeOffset.Parse(when, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void The_caller_may_say_whose_it_is_where_the_form_cannot()
    {
        var body = With($"[ {Item("88122-7", Code("LA28397-0"))}, {Item("88123-5", Code("LA28397-0"))} ]", """{ "subject": { "reference": "urn:uuid:7f3c2f9e-2f0a-4d84-9f0e-0d7a3b1c5e11" } }""");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Faults(body), Is.EqualTo(new[] { ("/subject", "bad-reference") }));
        Assert.That(((ScreeningReading.Read)Read(body, patient: "Patient/p1")).Screening.Patient.Reference, Is.EqualTo("Patient/p1"));
        Assert.That(((ScreeningReading.Invalid)Read(With("[]"), patient: "Patient/p2")).Faults.Select(fault => fault.Code), Does.Contain("patient-mismatch"));
    }

    [Test]
    public void The_same_in_XML_is_the_same()
    {
        var read = Taken("""
            <?xml version="1.0" encoding="UTF-8"?>
            <QuestionnaireResponse xmlns="http://hl7.org/fhir">
              <identifier><system value="https://example.org/forms"/><value value="x1"/></identifier>
              <status value="completed"/><subject><reference value="Patient/p1"/></subject><authored value="2026-11-03"/>
              <item><linkId value="/88122-7"/><answer><valueCoding><system value="http://loinc.org"/><code value="LA28397-0"/><display value="Often true"/></valueCoding></answer></item>
              <item><linkId value="/88123-5"/><answer><valueCoding><system value="http://loinc.org"/><code value="LA28398-8"/></valueCoding></answer></item>
            </QuestionnaireResponse>
            """u8.ToArray(), "application/fhir+xml; charset=utf-8");

        Assert.That(read.Screening.Screening.Answers.Select(answer => (answer.Item, answer.Texts.Single())), Is.EqualTo(new[] { ("88122-7", "LA28397-0"), ("88123-5", "LA28398-8") }));
        Assert.That(read.Screening.Id, Is.EqualTo("x1"));
    }

    [TestCase("<!DOCTYPE x [ <!ENTITY a SYSTEM \"file:///etc/passwd\"> ]><QuestionnaireResponse xmlns=\"http://hl7.org/fhir\">&a;</QuestionnaireResponse>")]
    [TestCase("<QuestionnaireResponse xmlns=\"http://hl7.org/fhir\"><status>")]
    [TestCase("<QuestionnaireResponse/>")]
    [TestCase("")]
    public void XML_that_is_none_is_refused(string xml) =>
        Assert.That(Read(System.Text.Encoding.UTF8.GetBytes(xml), "application/fhir+xml"), Is.InstanceOf<ScreeningReading.Unreadable>());

    [Test]
    public void XML_that_is_too_deep_is_refused() =>
        Assert.That(Read(System.Text.Encoding.UTF8.GetBytes("<QuestionnaireResponse xmlns=\"http://hl7.org/fhir\">" + string.Concat(Enumerable.Repeat("<item>", 10_000))), "application/fhir+xml"), Is.InstanceOf<ScreeningReading.Unreadable>());
}
