namespace ChwFhir.Intake.Narratives;

/// <summary>
/// A narrative by its headings: those that the lexicon knows ("Plan:", "## Next steps", "Antecedentes familiares"), the letters of SOAP, DAP and their like,
/// a line in capitals, and a short line with a colon behind an empty one. Other headings in Markdown are shown as such within their section. Every word is kept, in a title or in a text; what is not surely a heading is text.
/// </summary>
internal static class NarrativeSections
{
    private const int LongestTitle = 60;
    private const int MostWords = 7;

    private static readonly string[] Schemes = ["SOAPIER", "SOAPIE", "SOAP", "SAP", "DARP", "DAR", "DAP", "BIRP", "GIRP", "PIE", "APIE"];

    internal static IReadOnlyList<NarrativeSection> Split(string text, Lexicon lexicon)
    {
        var headings = Headings(text, lexicon);
        if (headings.Count == 0)
            return [new NarrativeSection(null, null, 0, text.Length)];

        List<NarrativeSection> sections = [];
        Add(sections, text, null, null, 0, headings[0].Start);
        var (above, aboveKind, aboveStart) = ((string?)null, (string?)null, 0);
        for (var i = 0; i < headings.Count; i++)
        {
            var (start, end, title, kind) = headings[i];
            if (above is { Length: > LongestTitle })
            {
                Add(sections, text, null, null, aboveStart, start);
                (above, aboveKind) = (null, null);
            }

            // A heading straight under another one stands with it.
            aboveStart = above is null ? start : aboveStart;
            title = above is null ? title : $"{above} \u2013 {title}";
            kind ??= aboveKind;
            var to = i + 1 < headings.Count ? headings[i + 1].Start : text.Length;
            if (text.AsSpan(end, to - end).IsWhiteSpace())
            {
                if (i + 1 < headings.Count)
                    (above, aboveKind) = (title, kind);
                else
                    Add(sections, text, null, null, aboveStart, to);
                continue;
            }

            (above, aboveKind) = (null, null);
            Add(sections, text, title, kind, end, to);
        }

        return sections;
    }

    private static void Add(List<NarrativeSection> sections, string text, string? title, string? kind, int start, int to)
    {
        while (start < to && char.IsWhiteSpace(text[start]))
            start++;
        while (to > start && char.IsWhiteSpace(text[to - 1]))
            to--;
        if (to > start)
            sections.Add(new NarrativeSection(title, kind, start, to - start));
    }

    private static List<Heading> Headings(string text, Lexicon lexicon)
    {
        List<Heading> found = [];
        var letters = Letters(text);
        var letter = 0;
        var afterBlank = true;
        for (var line = 0; line < text.Length;)
        {
            var end = text.AsSpan(line).IndexOf('\n') is var newLine && newLine < 0 ? text.Length : line + newLine;
            if (OfLine(text, line, end, afterBlank, lexicon) is { } heading)
            {
                found.Add(heading);
                Inline(text, heading.End, end, lexicon, found);
            }
            else if (letter < letters.Count && letters[letter].Start < end)
                while (letter < letters.Count && letters[letter].Start < end)
                    found.Add(letters[letter++]);
            else
                Inline(text, line, end, lexicon, found);
            while (letter < letters.Count && letters[letter].Start < end)
                letter++;
            afterBlank = text.AsSpan(line, end - line).IsWhiteSpace();
            line = end + 1;
        }

        return found;
    }

    private static Heading? OfLine(string text, int line, int end, bool afterBlank, Lexicon lexicon)
    {
        var start = line;
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        var mark = text.AsSpan(start, end - start).TrimEnd();
        if (mark.Length < 2)
            return null;

        var hashes = mark.IndexOfAnyExcept('#');
        if (hashes is > 0 and <= 6 && mark[hashes] == ' ')
            return Title(mark[hashes..], start, end, lexicon, isSure: false);
        if (mark.StartsWith("**", StringComparison.Ordinal) && mark[2..].IndexOf("**", StringComparison.Ordinal) is > 0 and <= LongestTitle and var close)
        {
            var behind = start + close + 4;
            if (behind < end && text[behind] == ':')
                behind++;
            return Title(mark.Slice(2, close), start, behind, lexicon, isSure: false);
        }

        if (mark.Length <= LongestTitle && (lexicon.SectionOf(mark.TrimEnd(':')) is not null || IsCapitals(mark) || (afterBlank && IsShortWithColon(mark))) && mark.TrimEnd(':').Length > 1)
            return Title(mark, start, end, lexicon, isSure: true);
        return Separated(text, start, end) is { } colon ? Title(text.AsSpan(start, colon.At - start), start, colon.Behind, lexicon, isSure: false) : null;
    }

    private static Heading? Title(ReadOnlySpan<char> title, int start, int end, Lexicon lexicon, bool isSure)
    {
        title = title.Trim().Trim("#*_").Trim().TrimEnd(':').TrimEnd();
        if (title.Length == 0 || (title.Length == 1 && !isSure) || title.Length > LongestTitle * 2)
            return null;
        var kind = lexicon.SectionOf(title);
        return isSure || kind is not null ? new Heading(start, end, title.ToString(), kind) : null;
    }

    // "Plan: …", "Plan - …"
    private static (int At, int Behind)? Separated(string text, int start, int end)
    {
        var reach = text.AsSpan(start, Math.Min(end - start, LongestTitle));
        for (var at = 1; at < reach.Length; at++)
        {
            if (reach[at] == ':' && (at + 1 == reach.Length || !char.IsAsciiDigit(reach[at + 1]) || !char.IsAsciiDigit(reach[at - 1])))
                return (start + at, start + at + 1);
            if (reach[at] is '-' or '\u2013' or '\u2014' && reach[at - 1] == ' ' && at + 1 < reach.Length && reach[at + 1] == ' ')
                return (start + at - 1, start + at + 1);
        }

        return null;
    }

    // Dictated notes stand on one line: "… weakness.,SUBJECTIVE: ,The patient …"
    private static void Inline(string text, int line, int end, Lexicon lexicon, List<Heading> found)
    {
        for (var colon = text.IndexOf(':', line, end - line); colon >= 0; colon = text.IndexOf(':', colon + 1, end - colon - 1))
        {
            var start = colon;
            while (start > line && colon - start < LongestTitle && (char.IsUpper(text[start - 1]) || text[start - 1] is ' ' or '/' or '&'))
                start--;
            while (start < colon && text[start] == ' ')
                start++;
            if (colon - start > 2 && (start == line || text.AsSpan(line, start - line).TrimEnd() is [.., '.' or ',' or ';' or '!' or '?']) && lexicon.SectionOf(text.AsSpan(start, colon - start)) is { } kind)
                found.Add(new Heading(start, colon + 1, text[start..colon], kind));
        }
    }

    private static bool IsCapitals(ReadOnlySpan<char> line)
    {
        if (line.ContainsAnyInRange('0', '9') || line[^1] is '.' or ',' or '!' or '?' or ';')
            return false;
        var letters = 0;
        foreach (var character in line)
        {
            if (char.IsLower(character))
                return false;
            if (char.IsUpper(character))
                letters++;
        }

        return letters >= 4;
    }

    private static bool IsShortWithColon(ReadOnlySpan<char> line) =>
        line[^1] == ':' && char.IsUpper(line[0]) && line.Length <= LongestTitle && line.Count(' ') < MostWords - 2 && !line[..^1].ContainsAny(".,;:!?");

    // "S: …", on a line of its own or behind a sentence, when the letters follow each other as those of a scheme do.
    private static List<Heading> Letters(string text)
    {
        List<Heading> letters = [];
        for (var colon = text.IndexOf(':'); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            if (colon == 0 || !char.IsAsciiLetterUpper(text[colon - 1]) || (colon > 1 && !IsBegin(text, colon - 1)))
                continue;
            letters.Add(new Heading(colon - 1, colon + 1, text[(colon - 1)..colon], null));
        }

        var written = string.Concat(letters.Select(heading => heading.Title));
        var scheme = Schemes.FirstOrDefault(scheme => written.Length >= 2 && scheme.StartsWith(written, StringComparison.Ordinal));
        return scheme is null ? [] : [.. letters.Select(heading => heading with { Kind = KindOf(scheme, heading.Title) })];
    }

    private static bool IsBegin(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && text[before] is ' ' or '\t')
            before--;
        return before < 0 || text[before] is '\n' or '\r' || (before < at - 1 && text[before] is '.' or '!' or '?' or ';' or ',');
    }

    private static string KindOf(string scheme, string letter) => (scheme, letter) switch
    {
        (_, "G") => "goals",
        ("SOAPIER" or "SOAPIE" or "SOAP" or "SAP" or "DAP" or "DARP" or "BIRP" or "GIRP", "P") => "plan",
        _ => "story",
    };

    private sealed record Heading(int Start, int End, string Title, string? Kind);
}
