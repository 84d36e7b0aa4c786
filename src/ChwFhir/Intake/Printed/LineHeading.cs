using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>Whether a line heads what comes below it, by its words and its look.</summary>
/// <param name="Title">Without its colon.</param>
/// <param name="Rest">What stands behind the colon on the same line; empty when nothing does.</param>
internal sealed partial record LineHeading(string Title, string Rest, int Level)
{
    private const int MostWords = 12;

    /// <param name="IsApart">No paragraph and no item goes on above it.</param>
    /// <param name="IsBlankAbove">The line above is empty, or it is the first.</param>
    /// <param name="Next">The line below; empty when there is none.</param>
    /// <param name="IsUnderlined">A drawn line stands below it.</param>
    /// <param name="IsAllUpper">The whole text is in upper case, so that it sets nothing off.</param>
    public readonly record struct Place(bool IsApart, bool IsBlankAbove, string Next, bool IsUnderlined, bool IsAllUpper);

    public static LineHeading? Of(Line line, Place place)
    {
        var (apart, allUpper, headsSomething) = (place.IsApart, place.IsAllUpper, place.Next.Length > 0);
        var bare = LineShapes.Bare(line.Text);
        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon < bare.Length - 1)
            return Inline(bare, colon, line.IsBold, allUpper);
        if (bare.Length > LineShapes.LongestHeading || LineShapes.CountWords(bare) > MostWords || !bare.AsSpan().ContainsAny(Letters))
            return null;

        var title = bare.TrimEnd(':', ' ');
        if (colon > 0 && HeadingWords.Label(title) is not null && HeadingWords.Exactly(title)?.Becomes is null or SectionBecomes.Text)
            return null;
        if (place.IsUnderlined)
            return new LineHeading(title, "", Block.ByItsLook);
        if (colon == bare.Length - 1)
            return AtColon(title, bare, apart, allUpper);

        var ends = bare[^1];
        var upper = LineShapes.IsUpperCase(bare) && !allUpper;
        // One word alone may be an instruction ("Rest") as well as a heading.
        if (HeadingWords.Exactly(bare) is not null && ends is not ('.' or ',' or ';') && (upper || line.IsBold || bare.Contains(' ', StringComparison.Ordinal) || (place.IsBlankAbove && headsSomething)))
            return new LineHeading(title, "", Block.ByItsLook);
        if (line.IsBold && ends is not ('.' or ',' or ';'))
            return new LineHeading(title, "", HeadingWords.Within(bare) is null ? Block.Weak : Block.ByItsLook);
        if (upper && ends is not (',' or ';') && HeadingWords.Within(bare) is not null && !LineShapes.HasDigit(WithoutCallNumbers(bare)))
            return new LineHeading(title, "", Block.ByItsLook);
        if (upper && apart && headsSomething && ends is not ('.' or ',' or ';') && !LineShapes.HasDigit(bare) && LineShapes.CountWords(bare) <= 8)
            return new LineHeading(title, "", Block.ByItsLook);

        return place.IsBlankAbove && IsTitle(bare) && (LineShapes.Item(place.Next) is not null || place.Next is [.., '.'] && place.Next.Length > 20) ? new LineHeading(title, "", Block.ByItsLook) : null;
    }

    /// <summary>Few words, each with a capital, as "Getting Around" over a paragraph.</summary>
    private static bool IsTitle(string line) =>
        char.IsLetter(line[^1]) && !LineShapes.HasDigit(line) && !line.Contains(',', StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: <= 5 } words
        && Array.TrueForAll(words, word => char.IsUpper(word[0]) || word is "and" or "the" or "of" or "for" or "to" or "in" or "y" or "de" or "la" or "el");

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÁÉÍÓÚÑÜáéíóúñü");

    /// <summary><c>Call the clinic if:</c>, <c>Morning:</c>.</summary>
    private static LineHeading? AtColon(string title, string bare, bool apart, bool allUpper)
    {
        var kind = HeadingWords.Within(title);
        if (kind is not null)
            return new LineHeading(title, "", HeadingWords.Exactly(title) is not null || LineShapes.IsUpperCase(bare) || kind.Becomes == SectionBecomes.Warning ? Block.ByItsLook : Block.Weak);
        if (LineShapes.IsUpperCase(bare) && !allUpper)
            return new LineHeading(title, "", Block.ByItsLook);

        return apart && char.IsUpper(title[0]) && LineShapes.CountWords(title) <= 6 ? new LineHeading(title, "", Block.Weak) : null;
    }

    /// <summary><c>Diet: low salt</c>: only words that are a heading by themselves, or upper case.</summary>
    private static LineHeading? Inline(string line, int colon, bool bold, bool allUpper)
    {
        var title = line[..colon].Trim();
        if (title.Length is < 3 or > 60 || LineShapes.CountWords(title) > 7 || LineShapes.Item(line) is not null)
            return null;

        var rest = line[(colon + 1)..].Trim(' ', '\t', ',');
        var known = HeadingWords.Exactly(title);
        if (HeadingWords.Label(title) is not null && known?.Becomes is null or SectionBecomes.Text)
            return null;
        if (known is not null && (char.IsUpper(title[0]) || bold))
            return new LineHeading(title, rest, Block.ByItsLook);

        var upper = LineShapes.IsUpperCase(title) && !allUpper && !LineShapes.HasDigit(title) && HeadingWords.Label(title) is null;
        if (upper && HeadingWords.Within(title) is not null)
            return new LineHeading(title, rest, Block.ByItsLook);

        return upper && title.Length > 5 && !Unit().IsMatch(rest) ? new LineHeading(title, rest, Block.Weak) : null;
    }

    private static string WithoutCallNumbers(string title) =>
        title.Replace("911", "", StringComparison.Ordinal).Replace("9-1-1", "", StringComparison.Ordinal).Replace("24", "", StringComparison.Ordinal);

    /// <summary>A reading behind the colon: <c>GLUCOSE: 98 mg/dL</c>.</summary>
    [GeneratedRegex(@"^[<>]?\d+([./]\d+)?\s?(%|[a-zA-Z/]{1,8})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Unit();
}
