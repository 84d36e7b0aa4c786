using ChwFhir.Intake;
using ChwFhir.Intake.Narratives;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Narratives;

/// <summary>Sentences as a CHW writes them, in English and Spanish: <c>sentences.tsv</c>.</summary>
internal sealed class When_a_narrative_speaks_of_needs
{
    private static IEnumerable<TestCaseData> Sentences => File.ReadLines(Repository.Path("tests", "ChwFhir.Tests", "Intake", "Narratives", "sentences.tsv"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Select(row => new TestCaseData(row[0], row[1]).SetArgDisplayNames(row[1]));

    [TestCaseSource(nameof(Sentences))]
    public void What_is_stated_of_the_patient_is_suggested_and_nothing_else(string need, string sentence)
    {
        var found = SomeText.Codes(sentence).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        if (need == "-")
            Assert.That(found, Is.Empty);
        else
            Assert.That(found, Does.Contain(need));
    }

    [Test]
    public void Each_says_where_it_stands_and_why()
    {
        const string narrative = "Met at the kitchen table; phone 555.0100.\nShe can\u2019t make ends meet. \u00BFQu\u00E9 m\u00E1s? Se acab\u00F3 la comida.";

        var suggestions = SomeText.Suggested(narrative);

        Assert.That(suggestions.Select(one => one.Code), Is.EqualTo(new[] { "financial-insecurity", "food-insecurity" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(suggestions.Select(one => narrative.Substring(one.Start, one.Length)), Is.EqualTo(suggestions.Select(one => one.Text)));
            Assert.That(suggestions[0].Text, Is.EqualTo("She can\u2019t make ends meet"));
            Assert.That(suggestions[0].Pointer, Is.EqualTo("/narrative"));
            Assert.That(suggestions[0].Why, Does.Contain("can\u2019t make ends meet"));
            Assert.That(suggestions[0].Rule, Does.Contain("make ends meet"));
            Assert.That(suggestions[0].Into, Is.EqualTo("/concerns/-"));
            Assert.That(suggestions[0].Part, Is.EqualTo("{\"domain\":\"financial-insecurity\",\"text\":\"She can\u2019t make ends meet\"}"));
        }
    }

    [Test]
    public void What_the_note_says_as_a_part_is_not_suggested_again()
    {
        var note = SomeText.Note("The power was shut off. Pain is 7/10. Her goal is to walk to church. Will call LIHEAP on Friday.");

        var said = note with
        {
            Concerns = [new Concern { Domain = ConcernDomain.UtilityInsecurity }],
            Symptoms = [new Symptom { Kind = SymptomKind.Pain }],
            Goals = [new NoteGoal { Text = "Walk to church" }],
            FollowUp = new FollowUp { Text = "We said: will call LIHEAP on Friday!" },
        };

        Assert.That(SomeText.Suggested(note).Select(one => one.Key[..one.Key.IndexOf('/')]), Is.EqualTo(new[] { "concern", "symptom", "goal", "follow-up" }));
        Assert.That(SomeText.Suggested(said), Is.Empty);
    }

    [Test]
    public void A_held_text_gives_held_parts_and_none_that_cannot_be_held()
    {
        var note = SomeText.Note("She is homeless. Pain is 7/10. Her goal is to walk to church. Will call LIHEAP on Friday.") with { NarrativeHold = new Hold { Why = HoldReason.ToldInConfidence, For = ["social-work"] } };

        var suggestions = SomeText.Suggested(note);

        Assert.That(suggestions.Select(one => one.Kind), Is.EqualTo(new[] { "concern", "symptom" }));
        Assert.That(suggestions.Select(one => one.Part), Has.All.Contain("\"hold\":{\"why\":\"told-in-confidence\",\"for\":[\"social-work\"]}"));
        Assert.That(suggestions.Select(one => one.Held), Has.All.True);
    }

    [Test]
    public void A_domain_that_no_chart_gets_is_held_whatever_the_text_is() =>
        Assert.That(SomeText.Suggested("Her boyfriend hit her last night.").Single().Held, Is.True);

    [Test]
    public void Sections_count_with_their_titles_and_their_own_places()
    {
        var note = SomeText.Note("Quiet day.") with
        {
            Sections = [new NoteSection { Title = "Family history", Text = "Mother was homeless." }, new NoteSection { Title = "Housing", Text = "He is homeless." }, new NoteSection { Title = "Goals", Text = "Garden again in spring." }],
        };

        Assert.That(SomeText.Suggested(note).Select(one => (one.Kind, one.Pointer)), Is.EqualTo(new[] { ("concern", "/sections/1/text"), ("goal", "/sections/2/text") }));
    }

    [TestCase("Pain is 7/10 today.", "pain 7")]
    [TestCase("8 out of 10 pain in the knee.", "pain 8")]
    [TestCase("Rates her pain at 6.", "pain 6")]
    [TestCase("Nausea 4/10, fatigue 6/10.", "nausea 4, tiredness 6")]
    [TestCase("Pain went from 8/10 to 4/10.", "pain 4")]
    [TestCase("Dolor 7 de 10.", "pain 7")]
    [TestCase("N\u00E1usea 5/10.", "nausea 5")]
    [TestCase("Pain for 3 days.", "")]
    [TestCase("Pain since 10/24/2026.", "")]
    [TestCase("Pain goal 3/10.", "")]
    [TestCase("Denies pain 7/10.", "")]
    [TestCase("Her sister has pain 9/10.", "")]
    [TestCase("Pain 0/10.", "")]
    [TestCase("Take 2 tablets for pain at 8 pm.", "")]
    [TestCase("On a 0-10 scale her pain is 7.", "pain 7")]
    public void A_symptom_counts_with_its_score(string narrative, string expected) =>
        Assert.That(string.Join(", ", from one in SomeText.Suggested(narrative) where one.Kind == "symptom" let part = System.Text.Json.Nodes.JsonNode.Parse(one.Part)! select $"{one.Code} {part["score"]}"), Is.EqualTo(expected));

    [TestCase("Reports pain in her left hip since Sunday.", "pain")]
    [TestCase("Feels very tired and has no appetite.", "tiredness, appetite")]
    [TestCase("She was nauseated all morning, vomited twice.", "nausea, vomiting")]
    [TestCase("Le duele la espalda y est\u00E1 muy triste.", "pain, depression")]
    [TestCase("Tiene fiebre desde ayer.", "fever")]
    [TestCase("Fell in the bathroom last night.", "fall")]
    [TestCase("Reports pain in the hip. It is worse today, pain 7/10.", "pain 7")]
    [TestCase("Reports pain 0/10.", "")]
    [TestCase("Denies nausea, no vomiting.", "")]
    [TestCase("Has pain medication at home.", "")]
    [TestCase("Her husband has a fever.", "")]
    [TestCase("Fell behind on rent.", "")]
    [TestCase("Reviewed what to do if she has a fever.", "")]
    [TestCase("No tiene fiebre.", "")]
    public void A_symptom_without_a_score_is_suggested_with_its_words_alone(string narrative, string expected)
    {
        var symptoms = SomeText.Suggested(narrative).Where(one => one.Kind == "symptom").ToList();

        Assert.That(string.Join(", ", from one in symptoms let part = System.Text.Json.Nodes.JsonNode.Parse(one.Part)! select $"{one.Code} {part["score"]}".TrimEnd()), Is.EqualTo(expected));
        Assert.That(symptoms.Select(one => (string?)System.Text.Json.Nodes.JsonNode.Parse(one.Part)!["text"]), Is.EqualTo(symptoms.Select(one => one.Text)));
    }

    // The visit is on Tuesday, 2026-11-03.
    [TestCase("I will see her again Thursday at 10am.", "2026-11-05")]
    [TestCase("Next visit 11/17 at 3 pm.", "2026-11-17")]
    [TestCase("Next visit: 11/17/26.", "2026-11-17")]
    [TestCase("Next home visit is Tuesday 11/17.", "2026-11-17")]
    [TestCase("Next visit November 17th.", "2026-11-17")]
    [TestCase("Will return tomorrow with the forms.", "2026-11-04")]
    [TestCase("Return visit in two weeks.", "2026-11-17")]
    [TestCase("Will visit again on Tuesday.", "2026-11-10")]
    [TestCase("I will see him next Monday.", "2026-11-09")]
    [TestCase("Next visit 1/5.", "2027-01-05")]
    [TestCase("Pr\u00F3xima visita el 17 de noviembre.", "2026-11-17")]
    [TestCase("Vuelvo el jueves a las 10.", "2026-11-05")]
    [TestCase("La visitar\u00E9 en tres d\u00EDas.", "2026-11-06")]
    [TestCase("Pr\u00F3xima visita ma\u00F1ana por la ma\u00F1ana.", "2026-11-04")]
    [TestCase("Next visit\n11/17 at her sister's.", "2026-11-17")]
    [TestCase("Pr\u00F3xima visita el 3/12.", null)]
    [TestCase("Next visit Thursday 11/17.", null)]
    [TestCase("I will see him next Friday.", null)]
    [TestCase("Next visit 11/17 or 11/18.", null)]
    [TestCase("Will visit again on Mondays, every Monday.", null)]
    [TestCase("Next visit to recheck pain 7/10.", null)]
    [TestCase("Will call LIHEAP on Friday.", null)]
    [TestCase("Pr\u00F3xima visita por la ma\u00F1ana.", null)]
    [TestCase("Next visit 13/45.", null)]
    public void A_next_visit_has_its_day_where_the_words_are_sure(string narrative, string? expected)
    {
        var suggestion = SomeText.Suggested(narrative).Single(one => one.Kind == "follow-up");

        Assert.That((string?)System.Text.Json.Nodes.JsonNode.Parse(suggestion.Part)!["nextVisit"], Is.EqualTo(expected));
        Assert.That(suggestion.Why.Contains("next visit would be on", StringComparison.Ordinal), Is.EqualTo(expected is not null));
    }

    [Test]
    public void A_next_visit_that_the_note_gives_stays()
    {
        var note = SomeText.Note("Next visit 11/17.") with { FollowUp = new FollowUp { NextVisit = "2026-11-18" } };

        Assert.That(SomeText.Suggested(note).Single().Part, Does.Not.Contain("nextVisit"));
    }

    [TestCase("Her goal is to walk to church by Easter.", "goal: walk to church by Easter")]
    [TestCase("He wants to get back to gardening.", "goal: get back to gardening")]
    [TestCase("Su meta es caminar a la iglesia.", "goal: caminar a la iglesia")]
    [TestCase("Quiere volver a cocinar para sus nietos.", "goal: volver a cocinar para sus nietos")]
    [TestCase("Will call LIHEAP on Friday.", "follow-up: Will call LIHEAP on Friday")]
    [TestCase("Next visit 11/17 at 3 pm.", "follow-up: Next visit 11/17 at 3 pm")]
    [TestCase("Pr\u00F3xima visita el 17 de noviembre.", "follow-up: Pr\u00F3xima visita el 17 de noviembre")]
    [TestCase("She will call me if the pain gets worse.", "")]
    [TestCase("Has no goals today.", "")]
    [TestCase("What is your goal for next month?", "")]
    public void Goals_and_what_comes_next_are_heard(string narrative, string expected) =>
        Assert.That(string.Join(", ", from one in SomeText.Suggested(narrative) where one.Kind is "goal" or "follow-up" select $"{one.Kind}: {System.Text.Json.Nodes.JsonNode.Parse(one.Part)!["text"]}"), Is.EqualTo(expected));

    [Test]
    public void The_same_thing_said_again_is_one_suggestion() =>
        Assert.That(SomeText.Suggested("No food in the house. They ran out of food on Monday.\n\nNo tiene comida suficiente.").Count(one => one.Code == "food-insecurity"), Is.EqualTo(1));
}
