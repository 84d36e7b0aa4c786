namespace ChwFhir.Intake.Narratives;

/// <summary>Where sentences end: at their marks, at an empty line, at a line that begins anew; not behind "Dr.", in "3.5" or in "555.0100".</summary>
internal static class SentenceSplitting
{
    // Nobody writes one that long; words that never end are cut here.
    private const int MostWords = 120;

    /// <param name="from">First word.</param>
    /// <param name="to">Behind the last word.</param>
    internal static IEnumerable<SentenceRange> Split(NarrativeWords words, int from, int to, Lexicon lexicon)
    {
        var start = from;
        for (var at = from; at < to; at++)
        {
            var isLast = at == to - 1;
            var (ends, asks) = isLast ? (true, EndsWithQuestion(words, at)) : Break(words, at, lexicon);
            if (!ends && at - start + 1 < MostWords)
                continue;
            yield return new SentenceRange(start, at + 1, asks);
            start = at + 1;
        }
    }

    private static bool EndsWithQuestion(NarrativeWords words, int last)
    {
        var rest = words.Text.AsSpan(words[last].End);
        var line = rest.IndexOf('\n');
        return (line < 0 ? rest : rest[..line]).TrimEnd().TrimEnd("\"'\u201D\u2019)").EndsWith('?');
    }

    private static (bool Ends, bool Asks) Break(NarrativeWords words, int at, Lexicon lexicon)
    {
        var between = words.Between(at, at + 1);
        var next = words.Text[words[at + 1].Start];
        if (between is " ")
            return (false, false);
        if (between.Contains('?'))
            return (true, true);
        if (between.ContainsAny('!', ';') || IsNewLine(between, next))
            return (true, false);
        return (between.IndexOf('.') is var stop && stop >= 0 && IsFullStop(words, at, between[stop..], next, lexicon), false);
    }

    private static bool IsNewLine(ReadOnlySpan<char> between, char next)
    {
        var line = between.IndexOf('\n');
        if (line < 0)
            return false;
        var behind = between[(line + 1)..];
        return behind.Contains('\n') || behind.ContainsAny("-*\u2022\u00B7#\u00BF\u00A1") || !char.IsLower(next) || between[..line].TrimEnd().EndsWith(':');
    }

    private static bool IsFullStop(NarrativeWords words, int at, ReadOnlySpan<char> fromStop, char next, Lexicon lexicon)
    {
        var word = words.Text.AsSpan(words[at].Start, words[at].End - words[at].Start);
        if (fromStop.Length == 1)
            return char.IsUpper(next) && word.Length > 2 && char.IsLower(word[^1]);
        if (word.Length == 1 && !char.IsAsciiDigit(word[0]))
            return fromStop.Contains('\n');
        return !lexicon.Abbreviations.Contains(WordFolding.Line(word));
    }
}
