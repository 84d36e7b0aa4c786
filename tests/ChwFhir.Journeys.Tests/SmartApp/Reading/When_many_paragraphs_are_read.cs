using ChwFhir.SmartApp.Visits;

namespace ChwFhir.Journeys.SmartApp.Reading;

/// <summary>Free words of a note, however many paragraphs they have.</summary>
internal sealed class When_many_paragraphs_are_read
{
    [Test]
    public void What_stands_between_two_wishes_is_one_text()
    {
        PartLine[] lines = [Text("One."), Text("Two."), Text("WISH a"), Text("Three."), new("Under", []), Text("Four."), Text("Five.")];

        var read = NoteParts.Read(lines, line => line.Words!.Contains("WISH", StringComparison.Ordinal));

        Assert.That(read.Select(line => line.Words), Is.EqualTo(new[] { "One.\n\nTwo.", "WISH a", "Three.", "Under", "Four.\n\nFive." }));
    }

    [Test]
    public void Each_is_looked_at_once()
    {
        PartLine[] lines = [.. Enumerable.Range(0, 5000).Select(i => Text($"Paragraph {i}."))];
        long looked = 0;

        var read = NoteParts.Read(lines, line =>
        {
            looked += line.Words!.Length;
            return false;
        });

        Assert.That(read, Has.Count.EqualTo(1));
        Assert.That(looked, Is.EqualTo(lines.Sum(line => line.Words!.Length)));
    }

    private static PartLine Text(string words) => new(words, []) { IsText = true };
}
