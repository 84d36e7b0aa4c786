using ChwFhir.SmartApp.Visits;

namespace ChwFhir.Journeys.SmartApp.Clinician;

/// <summary>What changed, as a reader sees it.</summary>
internal sealed class When_a_note_was_amended
{
    [TestCase("Pain 8 of 10 since Saturday.", "Pain 7 of 10 since Friday.", "Pain [-8 -]{+7 +}of 10 since [-Saturday.-]{+Friday.+}")]
    [TestCase("The same.", "The same.", "The same.")]
    [TestCase("", "New.", "{+New.+}")]
    [TestCase("Gone.", "", "[-Gone.-]")]
    [TestCase("one\ntwo  three", "one\ntwo  four", "one\ntwo  [-three-]{+four+}")]
    public void It_is_told_word_by_word(string before, string after, string said) =>
        Assert.That(string.Concat(Diff.Words(before, after).Select(run => run.Kind switch { DiffKind.Gone => $"[-{run.Text}-]", DiffKind.New => $"{{+{run.Text}+}}", _ => run.Text })), Is.EqualTo(said));

    [Test]
    public void The_pieces_put_together_are_both_texts_again()
    {
        const string before = "Rosa was in bed when I came. She ate half a bowl of soup.", after = "Rosa was up when I came, and ate all of the soup.";

        var runs = Diff.Words(before, after);

        Assert.That((string.Concat(runs.Where(run => run.Kind != DiffKind.New).Select(run => run.Text)), string.Concat(runs.Where(run => run.Kind != DiffKind.Gone).Select(run => run.Text))), Is.EqualTo((before, after)));
    }

    [Test]
    public void A_line_that_is_much_like_another_was_written_anew_and_others_went_or_came()
    {
        var changes = NoteChanges.Between(
            [Part("goals", "Sit in my garden · active", "Call the pantry · planned"), Part("old", "Went")],
            [Part("goals", "Sit in my garden every day · active", "Something wholly different"), Part("new", "Came")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changes.Select(change => change.Title), Is.EqualTo(new[] { "goals", "new", "old" }));
            Assert.That(changes[0].Lines.Select(line => line.Kind), Is.EqualTo(new[] { DiffKind.Same, DiffKind.Gone, DiffKind.New }));
            Assert.That(changes[0].Lines[0].Runs.Where(run => run.Kind == DiffKind.New).Select(run => run.Text), Is.EqualTo(new[] { "every day " }));
        }
    }

    [Test]
    public void What_stayed_is_not_told() => Assert.That(NoteChanges.Between([Part("a", "One", "Two")], [Part("a", "One", "Two")]), Is.Empty);

    private static NotePart Part(string name, params string[] lines) => new(name, name, [.. lines.Select(line => new PartLine(line, []))], []);
}
