using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>A paragraph taken apart: its lines where each says a thing of its own, its sentences where it is prose.</summary>
internal static partial class Sentences
{
    private const int LongestLine = 100;

    public static IEnumerable<string> Of(string text)
    {
        var joined = text.Replace('\n', ' ');
        var from = 0;
        foreach (Match end in End().Matches(joined))
        {
            if (IsAbbreviation(joined.AsSpan(from, end.Index - from)))
                continue;
            var sentence = joined[from..(end.Index + 1)].Trim();
            from = end.Index + end.Length;
            if (sentence.Length > 0)
                yield return sentence;
        }

        if (joined[from..].Trim() is { Length: > 0 } last)
            yield return last;
    }

    /// <summary>Whether the lines of a paragraph are a list without bullets, and no prose that was broken to fit the page.</summary>
    public static bool AreLines(string[] lines)
    {
        if (lines.Length < 2)
            return lines.Length == 1 && lines[0].Length <= LongestLine && lines[0][^1] is not '.';

        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > LongestLine || (i > 0 && char.IsLower(lines[i][0])))
                return false;
        }

        // Broken prose runs to the margin: most of its lines are long and do not end a sentence.
        var full = lines.SkipLast(1).Count(line => line.Length > 60 && line[^1] is not ('.' or '!' or '?' or ':' or ';'));
        return full * 2 < lines.Length;
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> before)
    {
        var word = before[(before.LastIndexOf(' ') + 1)..];
        // Inner points as in "p.r.n", initials, titles.
        return word.Contains('.') || (word.Length == 1 && char.IsLetter(word[0]))
            || word is "Dr" or "Mr" or "Mrs" or "Ms" or "St" or "No" or "vs" or "Sr" or "Sra" or "Dra" or "approx" or "Ave" or "ext" or "tel" or "Tel" or "Ph" or "Jr" or "Mt" or "Ft";
    }

    [GeneratedRegex(@"[.!?](?=[""')\]]*\s+[""'(¿¡]*[\p{Lu}\d])[""')\]]*\s*|;\s+(?=\p{Lu})", RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
