using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>Each instrument's own rules, at their edges. Answers are written <c>item=answer</c>.</summary>
internal sealed class When_a_screening_is_scored
{
    private const string Often = "LA28397-0", Sometimes = "LA6729-3", Never = "LA28398-8", Unknown = "LA15775-2";
    private const string NotAtAll = "LA6568-5", Several = "LA6569-3", MoreThanHalf = "LA6570-1", Nearly = "LA6571-9";
    private static readonly string[] Phq9 = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"];
    private static readonly string[] Esas = ["pain", "tiredness", "drowsiness", "nausea", "appetite", "breathlessness", "depression", "anxiety", "wellbeing"];
    private static readonly string[] Hits = ["95618-5", "95617-7", "95616-9", "95615-1"];

    [TestCase(Often, Often, "LA19952-3")]
    [TestCase(Sometimes, Never, "LA19952-3")]
    [TestCase(Never, Often, "LA19952-3")]
    [TestCase(Never, Never, "LA19983-8")]
    [TestCase(Never, Unknown, null)]
    [TestCase(Never, "declined", null)]
    [TestCase(Never, null, null)]
    [TestCase("declined", Sometimes, "LA19952-3")]
    [TestCase("declined", "declined", null)]
    public void The_hunger_vital_sign(string? first, string? second, string? result)
    {
        var mapped = Map("hunger-vital-sign", [("88122-7", first), ("88123-5", second)]);

        Assert.That((Result(mapped, "hunger-vital-sign", "88124-3")?.Value as CodeableConcept)?.Coding[0].Code, Is.EqualTo(result));
    }

    [TestCase(NotAtAll, NotAtAll, 0, "NEG")]
    [TestCase(Several, Several, 2, "NEG")]
    [TestCase(MoreThanHalf, Several, 3, "POS")]
    [TestCase(Nearly, Nearly, 6, "POS")]
    [TestCase(Nearly, null, null, null)]
    [TestCase(Nearly, "declined", null, null)]
    [TestCase(Nearly, "\"more days than not\"", null, null)]
    public void The_PHQ_2(string? first, string? second, int? total, string? interpretation)
    {
        var mapped = Map("phq-2", [("44250-9", first), ("44255-8", second)]);

        Expect(Result(mapped, "phq-2", "55758-7"), total, interpretation, null);
    }

    [TestCase(0, "Minimal (0-4)")]
    [TestCase(4, "Minimal (0-4)")]
    [TestCase(5, "Mild (5-9)")]
    [TestCase(9, "Mild (5-9)")]
    [TestCase(10, "Moderate (10-14)")]
    [TestCase(14, "Moderate (10-14)")]
    [TestCase(15, "Moderately severe (15-19)")]
    [TestCase(19, "Moderately severe (15-19)")]
    [TestCase(20, "Severe (20-27)")]
    [TestCase(27, "Severe (20-27)")]
    public void The_PHQ_9(int total, string band)
    {
        var mapped = Map("phq-9", Spread(Phq9, total, 3));

        Expect(Result(mapped, "phq-9", "44261-6"), total, null, band);
    }

    [TestCase("44260-8", null)]
    [TestCase("44250-9", "declined")]
    public void A_PHQ_9_with_an_answer_missing_has_no_total(string missing, string? instead)
    {
        var mapped = Map("phq-9", [.. Spread(Phq9, 12, 3).Select(answer => answer.Item == missing ? (missing, instead) : answer)]);

        Assert.That(Result(mapped, "phq-9", "44261-6"), Is.Null);
    }

    [TestCase(NotAtAll, false)]
    [TestCase(Several, true)]
    [TestCase(Nearly, true)]
    [TestCase("declined", false)]
    public void The_ninth_question_is_a_red_flag_whatever_the_total(string answer, bool flagged)
    {
        var mapped = Map("phq-9", [.. Phq9.Select(item => (item, item == "44260-8" ? answer : NotAtAll))]);

        Assert.That(mapped.Issues.Any(issue => issue.Code == "red-flag"), Is.EqualTo(flagged));
    }

    [TestCase(4, "NEG")]
    [TestCase(10, "NEG")]
    [TestCase(11, "POS")]
    [TestCase(20, "POS")]
    public void The_safety_questions_of_the_AHC_tool(int total, string interpretation)
    {
        var mapped = Map("ahc-hrsn", Spread(Hits, total, 5, least: 1));

        Expect(Result(mapped, "ahc-hrsn", "95614-4"), total, interpretation, null);
        Assert.That(mapped.Resources.Select(one => one.Key), Has.None.Contains("9561"), "they are held by default");
        Assert.That(mapped.Held.Any(one => one.Resource is Condition), Is.EqualTo(total >= 11));
    }

    [Test]
    public void Safety_questions_with_one_left_out_have_no_total() =>
        Assert.That(Result(Map("ahc-hrsn", [.. Spread(Hits, 20, 5, least: 1).Skip(1)]), "ahc-hrsn", "95614-4"), Is.Null);

    [TestCase("ahc-hrsn", "71802-3", "LA31993-1", null)]
    [TestCase("ahc-hrsn", "71802-3", "LA31994-9", "concern/housing-instability")]
    [TestCase("ahc-hrsn", "71802-3", "LA31995-6", "concern/homelessness")]
    [TestCase("ahc-hrsn", "96778-6", "LA9-3", null)]
    [TestCase("ahc-hrsn", "96778-6", "LA31998-0", "concern/inadequate-housing")]
    [TestCase("ahc-hrsn", "88122-7", Sometimes, "concern/food-insecurity")]
    [TestCase("ahc-hrsn", "88122-7", Never, null)]
    [TestCase("ahc-hrsn", "93030-5", "LA33-6", "concern/transportation-insecurity")]
    [TestCase("ahc-hrsn", "93030-5", "LA32-8", null)]
    [TestCase("ahc-hrsn", "96779-4", "LA32002-0", "concern/utility-insecurity")]
    [TestCase("ahc-hrsn", "76513-1", "LA22683-9", "concern/financial-insecurity")]
    [TestCase("ahc-hrsn", "76513-1", "LA31980-8", null)]
    [TestCase("ahc-hrsn", "93159-2", "LA10082-8", null)]
    [TestCase("ahc-hrsn", "93159-2", "LA10044-8", "concern/social-connection")]
    [TestCase("ahc-hrsn", "96842-0", "LA18891-4", null)]
    [TestCase("prapare", "71802-3", "LA30189-7", null)]
    [TestCase("prapare", "71802-3", "LA30190-5", "concern/homelessness")]
    [TestCase("prapare", "93033-9", "LA33-6", "concern/housing-instability")]
    [TestCase("prapare", "93033-9", "LA30122-8", null)]
    [TestCase("prapare", "67875-5", "LA17956-6", "concern/employment-status")]
    [TestCase("prapare", "67875-5", "LA30137-6", null)]
    [TestCase("prapare", "76437-3", "LA30194-7", "concern/health-insurance-coverage-status")]
    [TestCase("prapare", "93030-5", "LA30134-3", "concern/transportation-insecurity")]
    [TestCase("prapare", "93029-7", "LA30130-1", "concern/social-connection")]
    [TestCase("prapare", "93029-7", "LA30131-9", null)]
    [TestCase("prapare", "93038-8", "LA13909-9", null)]
    [TestCase("prapare", "93038-8", "LA13902-4", "concern/stress")]
    [TestCase("hunger-vital-sign", "88123-5", Often, "concern/food-insecurity")]
    [TestCase("phq-2", "44250-9", Nearly, null)]
    public void An_answer_that_says_a_need_proposes_a_concern(string instrument, string item, string answer, string? concern)
    {
        var mapped = Map(instrument, [(item, answer)]);

        Assert.That(mapped.Resources.Where(one => one.Resource is Condition).Select(one => one.Key), concern is null ? Is.Empty : Is.EqualTo(new[] { concern }));
    }

    [TestCase(0, "None (0)")]
    [TestCase(3, "Mild (1-3)")]
    [TestCase(4, "Moderate (4-6)")]
    [TestCase(7, "Severe (7-10)")]
    [TestCase(10, "Severe (7-10)")]
    public void A_symptom_of_the_ESAS(int score, string band) =>
        Expect(Result(Map("esas-r", [("nausea", $"{score}")]), "esas-r", "nausea"), score, null, band);

    [TestCase(0)]
    [TestCase(45)]
    [TestCase(90)]
    public void The_total_of_the_ESAS(int total) =>
        Expect(Result(Map("esas-r", Spread(Esas, total, 10, codes: false)), "esas-r", "esas-r-total"), total, null, null);

    [Test]
    public void An_ESAS_with_a_symptom_left_out_has_no_total() =>
        Assert.That(Result(Map("esas-r", [.. Spread(Esas, 40, 10, codes: false).Take(8)]), "esas-r", "esas-r-total"), Is.Null);

    [TestCase(0, "NEG")]
    [TestCase(3, "NEG")]
    [TestCase(4, "POS")]
    [TestCase(10, "POS")]
    public void The_distress_thermometer(int score, string interpretation) =>
        Expect(Result(Map("distress-thermometer", [("distress", $"{score}")]), "distress-thermometer", "distress"), score, interpretation, null);

    [Test]
    public void A_total_that_was_added_up_wrongly_is_computed_anew_and_the_note_says_so()
    {
        var mapped = Map("phq-2", [("44250-9", Nearly), ("44255-8", Nearly), ("55758-7", "2")]);

        var total = Result(mapped, "phq-2", "55758-7")!;
        Expect(total, 6, "POS", null);
        Assert.That(total.Note.Single().Text, Does.Contain("2"));
    }

    [TestCase("hunger-vital-sign")]
    [TestCase("prapare")]
    [TestCase("ahc-hrsn")]
    [TestCase("phq-2")]
    [TestCase("phq-9")]
    [TestCase("esas-r")]
    [TestCase("distress-thermometer")]
    public void A_screening_that_was_declined_is_a_panel_without_scores(string instrument)
    {
        var mapped = Notes.Map($$"""{ "screenings": [ { "instrument": "{{instrument}}", "declined": true } ] }""");

        Assert.That(mapped.Resources.Where(one => one.Key.StartsWith("screening/", StringComparison.Ordinal)).Select(one => one.Key), Is.EqualTo(new[] { $"screening/{instrument}/panel" }));
        Assert.That(Result(mapped, instrument, "panel")!.DataAbsentReason!.Coding[0].Code, Is.EqualTo("asked-declined"));
    }

    private static MappedNote Map(string instrument, IReadOnlyList<(string Item, string? Answer)> answers)
    {
        var given = answers.Where(answer => answer.Answer is not null).Select(answer => $$"""{ "item": "{{answer.Item}}", "answer": {{(char.IsAsciiDigit(answer.Answer![0]) || answer.Answer[0] == '"' ? answer.Answer : $"\"{answer.Answer}\"")}} }""");
        return Notes.Map($$"""{ "screenings": [ { "instrument": "{{instrument}}", "answers": [ {{string.Join(", ", given)}} ] } ] }""");
    }

    /// <summary>Answers that come to the total, as even as they can be.</summary>
    private static (string Item, string? Answer)[] Spread(string[] items, int total, int most, int least = 0, bool codes = true)
    {
        string[] words = most == 3 ? [NotAtAll, Several, MoreThanHalf, Nearly] : ["", "LA6270-8", "LA10066-1", "LA10082-8", "LA16644-9", "LA6482-9"];
        var answers = new (string, string?)[items.Length];
        var left = total;
        for (var i = 0; i < items.Length; i++)
        {
            var one = Math.Clamp(left - (least * (items.Length - 1 - i)), least, most);
            left -= one;
            answers[i] = (items[i], codes ? words[one] : $"{one}");
        }

        return left == 0 ? answers : throw new InvalidOperationException($"{total} cannot be reached.");
    }

    private static Observation? Result(MappedNote mapped, string instrument, string item) =>
        mapped.Resources.Concat(mapped.Held).SingleOrDefault(one => one.Key == $"screening/{instrument}/{item}")?.Resource as Observation;

    private static void Expect(Observation? found, int? score, string? interpretation, string? band)
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That((found?.Value as Quantity)?.Value, Is.EqualTo((decimal?)score));
        if (interpretation is not null)
            Assert.That(found?.Interpretation.Single().Coding.Single().Code, Is.EqualTo(interpretation));
        if (band is not null)
            Assert.That(found?.Interpretation.Single().Text, Is.EqualTo(band));
    }
}
