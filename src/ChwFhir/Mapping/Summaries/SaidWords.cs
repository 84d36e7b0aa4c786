using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>What a summary's sections say, as texts are compared: folded once, when it is first asked for.</summary>
internal sealed class SaidWords(IReadOnlyList<SummarySection> sections) : IDisposable
{
    /// <summary>Thousands of parts times megabytes of text would take minutes: what is not found by then counts as not said, and so is said once more.</summary>
    private const long MostLookedThrough = 500_000_000;

    private RentedText? folded;
    private long lookedThrough;

    internal bool Contain(string text)
    {
        if (lookedThrough > MostLookedThrough)
            return false;

        folded ??= Folded();
        using var words = new RentedText();
        Folding.Fold(text, words);
        var at = folded.Written.IndexOf(words.Written);
        lookedThrough += at < 0 ? folded.Length : at;

        return at >= 0;
    }

    public void Dispose() => folded?.Dispose();

    private RentedText Folded()
    {
        var all = new RentedText();
        foreach (var section in sections)
        {
            Folding.Fold(section.Title, all);
            Folding.Fold(section.Text, all);
        }

        return all;
    }
}
