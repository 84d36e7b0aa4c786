using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_parts_are_held
{
    private const string Hold = """ "hold": { "why": "told-in-confidence" } """;

    [TestCase($$"""{ "sections": [ { "title": "MARKER", "text": "MARKER", {{Hold}} } ] }""")]
    [TestCase($$"""{ "concerns": [ { "domain": "grief", "text": "MARKER", {{Hold}} } ] }""")]
    [TestCase($$"""{ "symptoms": [ { "symptom": "other", "text": "MARKER", {{Hold}} } ] }""")]
    [TestCase($$"""{ "messages": [ { "id": "m", "to": ["nurse"], "text": "MARKER", "needsReply": true, {{Hold}} } ] }""")]
    [TestCase($$"""{ "screenings": [ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "MARKER" } ], {{Hold}} } ] }""")]
    [TestCase("""{ "narrative": "MARKER", "narrativeHold": { "why": "patient-asked" } }""")]
    [TestCase("""{ "concerns": [ { "domain": "intimate-partner-violence", "text": "MARKER" } ] }""")]
    [TestCase("""{ "concerns": [ { "domain": "elder-abuse", "text": "MARKER" } ] }""")]
    [TestCase("""{ "concerns": [ { "domain": "caregiver-strain", "about": "caregiver", "text": "MARKER" } ] }""")]
    [TestCase("""{ "messages": [ { "to": ["nurse"], "text": "MARKER", "about": ["concern/intimate-partner-violence", "symptom/pain"] } ], "referrals": [ { "service": "MARKER", "reason": "elder-abuse" } ] }""")]
    [TestCase("""{ "screenings": [ { "instrument": "prapare", "answers": [ { "item": "76501-6", "answer": "LA33-6" }, { "item": "71802-3", "answer": "LA30189-7" } ] } ], "messages": [ { "to": ["nurse"], "text": "MARKER", "about": ["screening/prapare/76501-6"] } ] }""")]
    [TestCase("""{ "concerns": [ { "id": "x", "domain": "intimate-partner-violence" } ], "symptoms": [ { "symptom": "pain", "score": 8 } ], "messages": [ { "to": ["nurse"], "urgency": "stat", "text": "MARKER", "about": ["symptom/pain", "concern/x"] } ] }""")]
    [TestCase("""{ "concerns": [ { "id": "x", "domain": "intimate-partner-violence" } ], "referrals": [ { "service": "MARKER", "reason": "x" } ], "goals": [ { "text": "MARKER", "addresses": ["x"], "steps": [ { "text": "MARKER" } ] } ], "messages": [ { "to": ["social-work"], "text": "MARKER", "about": ["concern/x"] } ] }""")]
    public void No_word_of_them_is_in_what_the_chart_gets(string members)
    {
        var mapped = Notes.Map(members);
        var open = System.Text.Json.JsonSerializer.Serialize(OpenNote.Of(Notes.Read(members).Note, Notes.TheChart, new MappingOptions()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(open, Does.Not.Contain("MARKER").And.Not.Contain("elder-abuse"), "what others read of the note");
            Assert.That(mapped.Json() + mapped.Document + mapped.Html(), Does.Not.Contain("MARKER").And.Not.Contain("violence").And.Not.Contain("abuse"));
            Assert.That(string.Concat(mapped.Held.Select(held => held.Resource is DocumentReference document ? System.Text.Encoding.UTF8.GetString(document.Content[0].Attachment!.Data!) : FhirJson.ToJson(held.Resource))), Does.Contain("MARKER"));
        }
    }

    [Test]
    public void A_note_of_whose_patient_nobody_knows_the_age_yet_is_read_without_its_words()
    {
        var said = Notes.Read("""{ "narrative": "MARKER", "sections": [ { "title": "T", "text": "MARKER" } ], "concerns": [ { "domain": "food-insecurity" } ] }""").Note;

        var open = new ChwFhir.Access.OpenNotes(new MappingOptions()).Of(said, new ChwFhir.Queue.NoteContent("visit-note", default, ChwFhir.Queue.SentAs.Json, null, null, null, null, null));

        Assert.That((open.Narrative, open.Sections.Count, open.Concerns.Count), Is.EqualTo(((string?)null, 0, 1)));
    }

    [Test]
    public void Nor_with_what_stands_for_a_concern_while_nobody_has_looked_what_earlier_notes_hold()
    {
        var said = Notes.Read("""{ "goals": [ { "id": "out", "text": "MARKER", "addresses": ["home"] }, { "id": "walk", "text": "Walk" } ], "referrals": [ { "id": "r", "service": "MARKER", "reason": "home" } ] }""").Note;
        var content = new ChwFhir.Queue.NoteContent("visit-note", default, ChwFhir.Queue.SentAs.Json, null, null, null, null, null);

        var open = new ChwFhir.Access.OpenNotes(new MappingOptions()).Of(said, content);
        var looked = new ChwFhir.Access.OpenNotes(new MappingOptions()).Of(said, content with { Resolved = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Notes.TheChart) });

        Assert.That((open.Goals.Single().Text, open.Referrals.Count), Is.EqualTo(("Walk", 0)));
        Assert.That((looked.Goals.Count, looked.Referrals.Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public void The_chart_points_to_no_held_resource()
    {
        var mapped = Notes.Map($$"""
            { "concerns": [ { "id": "x", "domain": "grief", {{Hold}} }, { "id": "y", "domain": "food-insecurity" } ],
              "goals": [ { "text": "Eat", "addresses": ["x", "y"] } ], "messages": [ { "to": ["nurse"], "text": "Look", "about": ["concern/x", "concern/y"] } ] }
            """);

        Assert.That(mapped.Held.Select(held => held.FullUrl), Has.None.Matches<string>(url => mapped.Json().Contains(url!, StringComparison.Ordinal)));
    }

    [Test]
    public void Questions_that_are_always_held_leave_the_rest_of_the_screening()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "prapare", "answers": [ { "item": "93026-3", "answer": "LA33-6" }, { "item": "71802-3", "answer": "LA30189-7" } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Json() + mapped.Document, Does.Not.Contain("93026-3").And.Not.Contain("safe where you"));
            Assert.That(mapped.The<Observation>("screening/prapare/panel").HasMember, Has.Count.EqualTo(1));
            Assert.That(mapped.Held.Select(held => held.Key), Is.EqualTo(new[] { "screening/prapare/93026-3" }));
        }
    }

    [Test]
    public void A_screening_of_held_questions_only_leaves_nothing_and_its_total_neither()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "ahc-hrsn", "answers": [ { "item": "95618-5", "answer": "LA6482-9" }, { "item": "95617-7", "answer": "LA6482-9" }, { "item": "95616-9", "answer": "LA6482-9" }, { "item": "95615-1", "answer": "LA6482-9" } ] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Select(one => one.Key), Is.EqualTo(new[] { "encounter", "note", "provenance" }));
            Assert.That(mapped.Held.Select(held => held.Key), Does.Contain("screening/ahc-hrsn/95614-4"));
            Assert.That(mapped.Document, Does.Not.Contain("AHC"));
        }
    }

    [TestCase("2011-03-14", true)]
    [TestCase("2008-11-04", true)]
    [TestCase("2008-11-03", false)]
    [TestCase("2008", true)]
    [TestCase("1963", false)]
    public void Screenings_and_narrative_wait_while_the_patient_is_under_18(string birthDate, bool held)
    {
        var mapped = Notes.Map("""{ "narrative": "MARKER", "screenings": [ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "LA6568-5" } ] } ] }""", Notes.TheChart with { BirthDate = birthDate });

        Assert.That(mapped.Document.Contains("MARKER", StringComparison.Ordinal) || mapped.Document.Contains("PHQ", StringComparison.Ordinal), Is.Not.EqualTo(held));
    }

    [TestCase("2011-03-14", true)]
    [TestCase("1963-03-14", false)]
    public void What_was_taken_over_from_a_held_narrative_waits_with_it(string birthDate, bool held)
    {
        var mapped = Notes.Map("""
            { "concerns": [ { "domain": "food-insecurity", "text": "MARKER", "fromNarrative": { "by": "chw" } } ], "symptoms": [ { "symptom": "pain", "score": 3, "text": "MARKER", "fromNarrative": { "by": "chw" } } ],
              "goals": [ { "text": "MARKER", "fromNarrative": { "by": "chw" } } ], "followUp": { "text": "MARKER", "fromNarrative": { "by": "chw" } } }
            """, Notes.TheChart with { BirthDate = birthDate });

        Assert.That(System.Text.RegularExpressions.Regex.Count(mapped.Json() + mapped.Document, "MARKER"), held ? Is.Zero : Is.GreaterThan(3));
    }

    [Test]
    public void Danger_in_a_held_screening_is_told_to_the_few_who_may_know()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "phq-9", "answers": [ { "item": "44260-8", "answer": "LA6570-1" } ] } ] }""", Notes.TheChart with { BirthDate = "2011-03-14" });

        var alert = (Communication)mapped.Held.Single(held => held.Key == "message/red-flag").Resource;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alert.Recipient.Select(to => to.Reference), Is.EqualTo(new[] { "Practitioner/sup-1", "Practitioner/sw-1" }));
            Assert.That(mapped.Json() + mapped.Document, Does.Not.Contain("PHQ").And.Not.Contain("red-flag"));
            Assert.That(mapped.Codes(), Does.Contain("red-flag"));
        }
    }

    [Test]
    public void Sections_are_narrative_too_while_the_patient_is_under_18()
    {
        var mapped = Notes.Map("""{ "sections": [ { "title": "At home", "text": "MARKER" } ] }""", Notes.TheChart with { BirthDate = "2011-03-14" });

        Assert.That(mapped.Document + mapped.Json(), Does.Not.Contain("MARKER").And.Not.Contain("At home"));
    }

    [TestCase("""{ "concerns": [ { "domain": "intimate-partner-violence" } ] }""")]
    [TestCase("""{ "concerns": [ { "domain": "elder-abuse" } ] }""")]
    [TestCase("""{ "screenings": [ { "instrument": "prapare", "answers": [ { "item": "76501-6", "answer": "LA33-6" } ] } ] }""")]
    [TestCase("""{ "screenings": [ { "instrument": "ahc-hrsn", "answers": [ { "item": "95618-5", "answer": "LA10082-8" }, { "item": "95617-7", "answer": "LA10082-8" }, { "item": "95616-9", "answer": "LA10082-8" }, { "item": "95615-1", "answer": "LA10066-1" } ] } ] }""")]
    public void Violence_is_told_to_the_few_and_never_to_the_care_team(string members)
    {
        var mapped = Notes.Map(members, Notes.TheChart with { CareTeam = "CareTeam/t1" });

        var alert = (Communication)mapped.Held.Single(held => held.Key == "message/red-flag").Resource;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alert.Recipient.Select(to => to.Reference), Is.EqualTo(new[] { "Practitioner/sup-1", "Practitioner/sw-1" }));
            Assert.That(mapped.Resources.Where(one => one.Resource is Communication), Is.Empty);
        }
    }

    [Test]
    public void A_total_of_ten_is_no_violence_flag()
    {
        var mapped = Notes.Map("""{ "screenings": [ { "instrument": "ahc-hrsn", "answers": [ { "item": "95618-5", "answer": "LA10066-1" }, { "item": "95617-7", "answer": "LA10082-8" }, { "item": "95616-9", "answer": "LA10082-8" }, { "item": "95615-1", "answer": "LA10066-1" } ] } ] }""");

        Assert.That(mapped.Codes(), Does.Not.Contain("red-flag"));
    }

    [TestCase("""["care-team"]""", """{ "why": "danger" }""", new[] { "Practitioner/sup-1", "Practitioner/sw-1" })]
    [TestCase("""["care-team", "nurse"]""", """{ "why": "danger", "for": ["social-work"] }""", new[] { "Practitioner/sw-1" })]
    [TestCase("""["care-team", "nurse"]""", """{ "why": "patient-asked" }""", new[] { "Practitioner/nurse-1" })]
    public void A_held_message_goes_to_those_who_may_know(string to, string hold, string[] recipients)
    {
        var mapped = Notes.Map($$"""{ "messages": [ { "id": "m1", "to": {{to}}, "text": "He hits her.", "hold": {{hold}} } ] }""", Notes.TheChart with { CareTeam = "CareTeam/t1" });

        Assert.That(((Communication)mapped.Held.Single(held => held.Key == "message/m1").Resource).Recipient.Select(one => one.Reference), Is.EqualTo(recipients));
    }

    [Test]
    public void The_issues_repeat_no_word_of_them()
    {
        var mapped = Notes.Map("""
            { "narrative": "She says he hits her.", "narrativeHold": { "why": "danger" }, "concerns": [ { "domain": "intimate-partner-violence", "text": "MARKER" } ],
              "symptoms": [ { "symptom": "bleeding", "text": "MARKER", "hold": { "why": "patient-asked" } } ] }
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Codes(), Does.Contain("red-flag").And.Contain("possible-red-flag"));
            Assert.That(mapped.Issues.Select(issue => issue.Detail), Has.None.Contain("MARKER").And.None.Contain("hits her").And.None.Contain("Bleeding"));
        }
    }
}
