using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Narratives;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_there_is_a_red_flag
{
    [TestCase("""{ "symptoms": [ { "symptom": "pain", "score": 7 } ] }""", true)]
    [TestCase("""{ "symptoms": [ { "symptom": "pain", "score": 6 } ] }""", false)]
    [TestCase("""{ "symptoms": [ { "symptom": "pain", "score": 6, "tolerable": 5 } ] }""", true)]
    [TestCase("""{ "symptoms": [ { "symptom": "tiredness", "score": 9 } ] }""", false)]
    [TestCase("""{ "symptoms": [ { "symptom": "tiredness", "score": 1, "needsClinician": true } ] }""", true)]
    [TestCase("""{ "symptoms": [ { "symptom": "new-confusion" } ] }""", true)]
    [TestCase("""{ "symptoms": [ { "symptom": "bleeding", "score": 0 } ] }""", false)]
    [TestCase("""{ "vitals": [ { "kind": "temperature", "value": 38.0 } ] }""", true)]
    [TestCase("""{ "vitals": [ { "kind": "temperature", "value": 37.9 } ] }""", false)]
    [TestCase("""{ "vitals": [ { "kind": "temperature", "value": 100.4, "unit": "F" } ] }""", true)]
    [TestCase("""{ "vitals": [ { "kind": "temperature", "value": 98.6 } ] }""", false)]
    [TestCase("""{ "vitals": [ { "kind": "blood-pressure", "systolic": 186, "diastolic": 90 } ] }""", true)]
    [TestCase("""{ "vitals": [ { "kind": "glucose", "value": 62 } ] }""", true)]
    [TestCase("""{ "vitals": [ { "kind": "oxygen-saturation", "value": 88 } ] }""", true)]
    [TestCase("""{ "screenings": [ { "instrument": "esas-r", "answers": [ { "item": "pain", "answer": 8 } ] } ] }""", true)]
    [TestCase("""{ "screenings": [ { "instrument": "esas-r", "answers": [ { "item": "pain", "answer": 6 }, { "item": "tiredness", "answer": 9 } ] } ] }""", false)]
    [TestCase("""{ "screenings": [ { "instrument": "phq-9", "answers": [ { "item": "44260-8", "answer": "LA6569-3" } ] } ] }""", true)]
    [TestCase("""{ "screenings": [ { "instrument": "phq-9", "answers": [ { "item": "44260-8", "answer": "LA6568-5" } ] } ] }""", false)]
    public void One_alert_is_added_by_the_programmes_rules(string members, bool flagged)
    {
        var mapped = Notes.Map(members);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Count(one => one.Key == "message/red-flag"), Is.EqualTo(flagged ? 1 : 0));
            Assert.That(mapped.Codes().Contains("red-flag"), Is.EqualTo(flagged));
            Assert.That(mapped.Document.Contains("Red flag", StringComparison.Ordinal), Is.EqualTo(flagged));
        }
    }

    [Test]
    public void Each_issue_about_one_is_there_apart_from_its_words()
    {
        var mapped = Notes.Map("""
            { "narrative": "Fell on the stairs last night.", "symptoms": [ { "symptom": "pain", "score": 8 }, { "symptom": "fall", "hold": { "why": "told-in-confidence" } } ],
              "messages": [ { "id": "m1", "to": ["nurse"], "text": "Call her.", "urgency": "stat" } ] }
            """);

        using var together = Assert.EnterMultipleScope();
        Assert.That(mapped.Flags.Select(flag => flag.Issue), Is.EqualTo(mapped.Issues.Where(issue => issue.Code is "red-flag" or "possible-red-flag")));
        Assert.That(mapped.Flags.Select(flag => (flag.Issue.Pointer, flag.Found.Kind, flag.Found.Of)), Is.EqualTo(new[] { ("/symptoms/0", "symptom", "pain"), ("/symptoms/1", "held", ""), ("/messages/0", "message", "stat"), ("/narrative", "text", "") }));
        Assert.That(mapped.Flags[0].Found, Has.Property(nameof(FlagFound.Score)).EqualTo(8));
        Assert.That(mapped.Flags[3].Found.Written, Is.Not.Empty);
    }

    [TestCase(8, 7, false)]
    [TestCase(8, 6, true)]
    [TestCase(5, 3, true)]
    [TestCase(5, 4, false)]
    public void The_last_score_decides_whether_it_is_new_or_worse(int score, int last, bool flagged)
    {
        var mapped = Notes.Map($$"""{ "symptoms": [ { "symptom": "pain", "score": {{score}} } ] }""", Notes.TheChart with { LastScores = new Dictionary<string, int> { ["pain"] = last } });

        Assert.That(mapped.Codes().Contains("red-flag"), Is.EqualTo(flagged));
    }

    [Test]
    public void A_message_about_the_symptom_carries_it_and_is_as_urgent()
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 8 }, { "symptom": "fall" } ], "messages": [ { "id": "m1", "to": ["nurse"], "text": "Pain.", "about": ["symptom/pain"] } ] }""");

        var message = mapped.The<Communication>("message/m1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Count(one => one.Resource is Communication), Is.EqualTo(1));
            Assert.That(message.Priority, Is.EqualTo(RequestPriority.Urgent));
            Assert.That(((FhirString)message.Payload[0].Content!).Value, Does.Contain("Also a red flag").And.Contain("Fall"));
            Assert.That(mapped.Issues, Has.Some.Matches<ChwFhir.Intake.NoteIssue>(issue => issue!.Code == "urgency-raised" && issue.Pointer == "/messages/0/urgency"));
        }
    }

    [Test]
    public void A_message_to_the_front_desk_is_not_enough_for_what_it_does_not_name()
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 8 }, { "symptom": "fall" } ], "messages": [ { "id": "m1", "to": ["front-desk"], "text": "Pain.", "about": ["symptom/pain"] } ] }""");

        Assert.That(((FhirString)mapped.The<Communication>("message/red-flag").Payload[0].Content!).Value, Does.Contain("Fall").And.Not.Contain("Pain"));
    }

    [Test]
    public void A_message_to_no_clinician_goes_to_the_care_team_too_when_it_carries_one()
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 8 } ], "messages": [ { "id": "m1", "to": ["spiritual-care"], "text": "Pain.", "about": ["symptom/pain"] } ] }""", Notes.TheChart with { CareTeam = "CareTeam/t1" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<Communication>("message/m1").Recipient.Select(to => to.Reference), Does.Contain("CareTeam/t1"));
            Assert.That(mapped.Document, Does.Contain("to spiritual care and care team"));
        }
    }

    [Test]
    public void Pain_told_as_a_symptom_and_in_the_ESAS_is_one_flag_and_a_message_about_it_carries_either()
    {
        var both = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 8 } ], "screenings": [ { "instrument": "esas-r", "answers": [ { "item": "pain", "answer": 8 } ] } ] }""");
        var carried = Notes.Map("""{ "screenings": [ { "instrument": "esas-r", "answers": [ { "item": "pain", "answer": 8 } ] } ], "messages": [ { "id": "m1", "to": ["nurse"], "text": "Pain.", "about": ["symptom/pain"] } ] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Codes().Count(code => code == "red-flag"), Is.EqualTo(1));
            Assert.That(carried.Resources.Where(one => one.Resource is Communication).Select(one => one.Key), Is.EqualTo(new[] { "message/m1" }));
        }
    }

    [TestCase("2026-11-10", true)]
    [TestCase("2026-11-03", false)]
    public void Only_a_clinicians_known_until_quiets_it(string until, bool quiet)
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 9 } ] }""", Notes.TheChart with { KnownUntil = new Dictionary<string, string> { ["pain"] = until } });

        Assert.That(mapped.Codes().Contains("red-flag"), Is.Not.EqualTo(quiet));
    }

    [TestCase("She had chest pain on Sunday.", true)]
    [TestCase("She denies chest pain.", false)]
    [TestCase("No fever, no bleeding. She has not fallen.", false)]
    [TestCase("He said that he wants to die.", true)]
    [TestCase("Her boyfriend hits her.", true)]
    [TestCase("Passed out in the kitchen this morning, her daughter helps her now.", true)]
    [TestCase("Fell on the stairs last night.", true)]
    [TestCase("Fell behind on rent.", false)]
    [TestCase("Her neighbor fell last week.", false)]
    [TestCase("History of seizures as a child.", false)]
    [TestCase("Call 911 if there is chest pain.", false)]
    [TestCase("Explained the signs of a stroke: slurred speech, weakness on one side.", false)]
    [TestCase("Has she passed out again?", false)]
    [TestCase("Family history: father had a seizure.", false)]
    [TestCase("Dice que no puede respirar de noche.", true)]
    [TestCase("Se cay\u00f3 en el ba\u00f1o.", true)]
    [TestCase("Niega dolor de pecho.", false)]
    [TestCase("Su hermana se desmay\u00f3.", false)]
    [TestCase("Si tiene dolor en el pecho, que llame al 911.", false)]
    [TestCase("She would be better off dead.", true)]
    [TestCase("She said: I would be better off dead.", true)]
    [TestCase("They would all be better off dead, she says.", true)]
    [TestCase("He does not want to live any more.", true)]
    [TestCase("He doesn't want to be alive.", true)]
    [TestCase("She no longer wants to live.", true)]
    [TestCase("She does not want to live with her son.", false)]
    [TestCase("He doesn't want to live in that building any more.", false)]
    [TestCase("Her son is afraid that she might kill herself.", true)]
    [TestCase("She says she may hurt herself.", true)]
    [TestCase("Dice que ya no quiere vivir.", true)]
    [TestCase("No quiere seguir viviendo.", true)]
    [TestCase("Ya no quiere vivir con su hijo.", false)]
    [TestCase("Se quiere matar.", true)]
    [TestCase("No puede tragar.", true)]
    [TestCase("Niega que se quiera morir.", false)]
    public void A_danger_word_in_the_narrative_only_asks(string narrative, bool asks)
    {
        var mapped = Notes.Map($$"""{ "narrative": "{{narrative}}" }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Codes().Contains("possible-red-flag"), Is.EqualTo(asks));
            Assert.That(mapped.Resources.Any(one => one.Resource is Communication), Is.False);
        }
    }

    [Test]
    public void A_programme_adds_words_of_danger_and_may_have_none_heard()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{nameof(A_programme_adds_words_of_danger_and_may_have_none_heard)}.txt");
        File.WriteAllText(file, "[danger]\nport is red|swollen\n");
        var own = new MappingOptions { Lexicon = Lexicon.With([file]) };
        const string note = """{ "narrative": "The port is red today." }""";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Notes.Map(note).Codes(), Does.Not.Contain("possible-red-flag"));
            Assert.That(Notes.Map(note, options: own).Codes(), Does.Contain("possible-red-flag"));
            Assert.That(Notes.Map(note, options: own with { RedFlags = RedFlagRules.Default with { Narrative = false } }).Codes(), Does.Not.Contain("possible-red-flag"));
        }
    }

    [Test]
    public void The_programmes_own_rules_replace_the_shipped_ones()
    {
        var rules = new RedFlagRules { Id = "own", Date = "2026-01-01", Scores = [new RedFlagRules.ScoreRule(["tiredness"], From: 5)] };

        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "tiredness", "score": 5 }, { "symptom": "pain", "score": 10 } ] }""", options: new MappingOptions { RedFlags = rules });

        Assert.That(mapped.Issues.Where(issue => issue.Code == "red-flag").Select(issue => issue.Pointer), Is.EqualTo(new[] { "/symptoms/0" }));
    }
}
