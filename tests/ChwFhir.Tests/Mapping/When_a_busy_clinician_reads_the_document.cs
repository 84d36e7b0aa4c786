using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_busy_clinician_reads_the_document
{
    [Test]
    public void An_urgent_message_is_told_first_and_once()
    {
        var document = Notes.Map("""{ "messages": [ { "to": ["nurse"], "text": "The ramp." }, { "to": ["palliative-care", "nurse"], "urgency": "urgent", "topic": "symptom-report", "needsReply": true, "text": "Pain at night." } ] }""").Document;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document, Does.Contain("What the team should know\n- Urgent, to palliative care and nurse: symptom report, needs a reply. Pain at night.\n"));
            Assert.That(document.Split("Pain at night."), Has.Length.EqualTo(2));
            Assert.That(document, Does.Contain("Other messages\n- Routine, to nurse. The ramp.\n"));
        }
    }

    [Test]
    public void What_is_over_is_neither_a_need_nor_the_first_goal()
    {
        var document = Notes.Map("""
            { "concerns": [ { "domain": "food-insecurity", "text": "No food", "status": "resolved" }, { "domain": "grief", "text": "Her sister" } ],
              "goals": [ { "text": "Get the box", "priority": 1, "status": "completed" }, { "text": "Sleep", "priority": 2 } ] }
            """).Document;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document, Does.Contain("- First goal: Sleep\n- Needs: Her sister\n"));
            Assert.That(document, Does.Contain("No food (resolved)").And.Contain("Goal: Get the box (priority 1, completed)"));
        }
    }

    [Test]
    public void Times_and_units_are_as_people_write_them()
    {
        var document = Notes.Map("""
            { "followUp": { "nextVisit": "2026-11-17T14:00:00-05:00" }, "goals": [ { "text": "Walk", "due": "2026-12", "steps": [ { "text": "Shoes", "due": "2026-11-10T09:30:00-05:00" } ] } ],
              "vitals": [ { "kind": "blood-pressure", "systolic": 186, "diastolic": 84 }, { "kind": "temperature", "value": 98.2 }, { "kind": "weight", "value": 128.5, "unit": "lb" } ] }
            """).Document;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document, Does.Contain("Next visit: 2026-11-17 14:00.").And.Contain("due 2026-11-10 09:30").And.Contain("due 2026-12)"));
            Assert.That(document, Does.Contain("186/84 mmHg").And.Contain("98.2 °F").And.Contain("128.5 lb").And.Contain("systolic 186 mmHg"));
            Assert.That(document, Does.Not.Contain("[").And.Not.Contain("T14:00"));
        }
    }

    [TestCase("""{ "goals": [ { "text": "I want to die at home" } ] }""")]
    [TestCase("""{ "messages": [ { "to": ["nurse"], "text": "She said no to a feeding tube." } ] }""")]
    [TestCase("""{ "messages": [ { "to": ["nurse"], "urgency": "urgent", "text": "She said no to a feeding tube." } ] }""")]
    [TestCase("""{ "followUp": { "text": "Talk about hospice with her son." } }""")]
    [TestCase("""{ "narrative": "She would not want CPR." }""")]
    [TestCase("""{ "symptoms": [ { "symptom": "other", "text": "He asks for comfort care only." } ] }""")]
    public void Behind_a_wish_about_treatment_stands_what_the_chart_says(string members)
    {
        var mapped = Notes.Map(members, Notes.TheChart with { CodeStatusRead = true, CodeStatus = new CodeStatus("Full code", "2026-10-01T08:00:00-05:00") });

        Assert.That(mapped.Document, Does.Contain("The patient's words, not an order. Code status in the chart: Full code, 2026-10-01 08:00."));
    }

    [Test]
    public void A_total_that_the_CHW_gives_is_named_and_not_told_twice()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "LA6569-3" }, { "item": "44255-8", "answer": "LA6569-3" }, { "item": "55758-7", "answer": 2 } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Document.Split("total score: 2"), Has.Length.EqualTo(2));
            Assert.That(mapped.Document, Does.Not.Contain("55758-7"));
            Assert.That(mapped.The<Observation>("screening/phq-2/55758-7").Code!.Coding[0].Display, Does.Contain("total score"));
        }
    }

    [Test]
    public void What_reads_like_an_order_in_the_follow_up_is_a_question()
    {
        var mapped = Notes.Map("""{ "followUp": { "text": "Stop the metformin until Monday." } }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<CarePlan>("care-plan").Activity[0].Detail!.Description, Does.StartWith("Question for the clinicians, not an instruction:"));
            Assert.That(mapped.Document, Does.Contain("Question for the clinicians, not an instruction: Stop the metformin"));
            Assert.That(mapped.The<Communication>("message/medication-question").Payload, Has.Count.EqualTo(1));
            Assert.That(mapped.Issues, Has.Some.Matches<ChwFhir.Intake.NoteIssue>(issue => issue!.Code == "scope-of-practice" && issue.Pointer == "/followUp/text"));
        }
    }

    [Test]
    public void The_plans_own_narrative_says_when_the_next_visit_is()
    {
        var mapped = Notes.Map("""{ "followUp": { "nextVisit": "2026-11-17", "text": "Bring the form." } }""");

        Assert.That(mapped.The<CarePlan>("care-plan").Text!.Div, Does.Contain("Follow-up: Next visit: 2026-11-17. Bring the form."));
    }
}
