using System.Diagnostics;
using System.Text;
using ChwFhir.Intake.Narratives;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Narratives;

internal sealed class When_a_narrative_is_long_or_strange
{
    private const int Mebibyte = 1024 * 1024;

    // Of the processor, unoptimised; what a caller waits for is a fraction of it.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    [TestCase("Met at the kitchen table with her daughter. Blood pressure was 142/91, pain is 4/10, and the pantry was full. She denies trouble with rent.\n")]
    [TestCase("no food ")]
    [TestCase("can't afford rent not homeless denies ")]
    [TestCase("unable to pay for the ")]
    [TestCase("S: ")]
    [TestCase("Plan:\n")]
    [TestCase("a")]
    [TestCase("7/10 pain ")]
    [TestCase("**")]
    [TestCase("#\u0301")]
    public void A_mebibyte_takes_no_time_to_speak_of(string unit)
    {
        var text = new StringBuilder().Insert(0, unit, Mebibyte / unit.Length).ToString();
        _ = SomeText.Suggested(unit);
        using var process = Process.GetCurrentProcess();
        var before = process.UserProcessorTime;

        var suggestions = SomeText.Suggested(text);

        process.Refresh();
        Assert.That(process.UserProcessorTime - before, Is.LessThan(Enough));
        Assert.That(suggestions, Has.Count.LessThan(60));
    }

    [Test]
    public void Nothing_throws_and_every_span_is_in_the_text()
    {
        var random = new Random(1117);
        var seeds = File.ReadAllLines(Repository.Path("tests", "ChwFhir.Tests", "Intake", "Narratives", "sentences.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')[1]).ToArray();
        var marks = new[] { "\n", "\n\n", ": ", "S: ", "P: ", "## ", "**", ". ", "? ", "\u00BF", "7/10 ", "\ud83d\ude00", "\ud83d", "\u0301", "\u2019", "\0", "- ", ";", "if ", "no ", "\t", "Plan:", "HOME\n" };
        var found = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(1, 8); pieces > 0; pieces--)
                text.Append(random.Next(3) == 0 ? marks[random.Next(marks.Length)] : seeds[random.Next(seeds.Length)]).Append(random.Next(2) == 0 ? " " : marks[random.Next(marks.Length)]);
            for (var changes = random.Next(4); changes > 0; changes--)
                text[random.Next(text.Length)] = (char)random.Next(0x20, 0x2100);
            var narrative = text.ToString();

            IReadOnlyList<Suggestion> suggestions = [];
            Assert.That(() => suggestions = SomeText.Suggested(narrative), Throws.Nothing, $"round {round}");
            found += suggestions.Count;
            Assert.That(suggestions.Where(one => one.Start < 0 || one.Start + one.Length > narrative.Length || narrative.Substring(one.Start, one.Length) != one.Text), Is.Empty, $"round {round}");
            var sections = NarrativeSections.Split(narrative, Lexicon.Default);
            Assert.That(WordFolding.Line(string.Join(" ", sections.Select(section => $"{section.Title} {narrative.Substring(section.Start, section.Length)}"))), Is.EqualTo(WordFolding.Line(narrative)), $"round {round}");
        }

        Assert.That(found, Is.GreaterThan(1_000));
    }
}
