using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace ChwFhir.Mapping;

/// <summary>
/// Finds where the words of the reference line stand in a row, in one pass: whatever look the letters have, whether they are written as character references
/// or escapes, and whatever that is not seen or is taken for markup stands between them.
/// </summary>
internal ref struct Imitations
{
    private const string Letters = "chwnoteref";
    private const int Last = 7;
    private const int LongestTag = 502;
    private const int LongestName = 32;

    // Wherever a first letter may begin: plain, escaped, or a letter that only looks like it.
    private static readonly SearchValues<char> Start = SearchValues.Create(
        ['c', 'C', '&', '\\', .. Enumerable.Range(0x80, char.MaxValue - 0x80 + 1).Select(code => (char)code).Where(letter => char.IsSurrogate(letter) || LookAlikes.Of(letter).Contains('c', StringComparison.Ordinal))]);

    private readonly ReadOnlySpan<char> text;
    private int at;
    private int heard;
    private int last;
    private bool lineBegins;

    private Imitations(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Where the last of the words begins, each time.</summary>
    internal static IReadOnlyList<int> In(ReadOnlySpan<char> text)
    {
        List<int>? found = null;
        var reading = new Imitations(text);
        while (reading.GoOn())
        {
            if (!reading.Step())
                continue;
            (found ??= []).Add(reading.last);
        }

        return found ?? (IReadOnlyList<int>)[];
    }

    // Nearly every text speaks of a CHW and nearly none imitates: between first letters nothing is looked at.
    private bool GoOn()
    {
        if (heard > 0)
            return at < text.Length;

        var next = text[at..].IndexOfAny(Start);
        at = next < 0 ? text.Length : at + next;
        return next >= 0;
    }

    private bool Step()
    {
        var begin = at;
        var letters = Take();
        foreach (var letter in letters)
        {
            if (Hear(letter, begin))
                return true;
        }

        return false;
    }

    private bool Hear(char letter, int begin)
    {
        if (letter != Letters[heard])
            heard = letter == Letters[0] ? 1 : 0;
        else
            heard++;
        if (heard == Last + 1)
            last = begin;
        if (heard < Letters.Length)
            return false;

        heard = 0;
        return true;
    }

    /// <summary>The plain letters of what stands here; none when it is passed over, a blank for anything else.</summary>
    private string Take()
    {
        var first = text[at];
        var began = lineBegins;
        if (first is '<' && Tag() is var tag and > 0)
            return Pass(tag, "");
        if (first is '&' && Reference() is var (length, said))
            return Pass(length, said);
        if (first is '\\' && Escape() is var (taken, meant))
            return Pass(taken, meant);

        Rune.DecodeFromUtf16(text[at..], out var rune, out var size);
        lineBegins = first is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' || (began && char.IsWhiteSpace(first));
        at += size;
        // What Markdown and mail put before a line is gone once somebody has rendered it.
        return began && first is '>' or '-' or '+' or '#' or '|' ? "" : Plain(rune);
    }

    private string Pass(int length, string letters)
    {
        at += length;
        return letters;
    }

    private static string Plain(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is '*' or '_' or '~' or '`' or '\\' or '{' or '}' || rune.Value <= ' ' || rune.Value == 0x7F ? "" : char.ToLowerInvariant((char)rune.Value).ToString();
        if (LookAlikes.Of(rune) is { Length: > 0 } letters)
            return letters;

        return Rune.IsWhiteSpace(rune) || LookAlikes.IsUnseen(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? "" : " ";
    }

    private readonly int Tag()
    {
        var inside = text[(at + 1)..Math.Min(text.Length, at + LongestTag)];
        var end = inside.IndexOfAny('<', '>');
        return end >= 0 && inside[end] == '>' ? end + 2 : 0;
    }

    // &#67; &#x43; &Copf; &nbsp; and the same once more escaped: &amp;#67;
    private readonly (int Length, string Letters)? Reference()
    {
        var from = at + 1;
        while (text[from..].StartsWith("amp;", StringComparison.OrdinalIgnoreCase))
            from += 4;
        return from < text.Length && text[from] == '#' ? Numbered(from + 1) : Named(from);
    }

    private readonly (int, string)? Numbered(int from)
    {
        var hex = from < text.Length && text[from] is 'x' or 'X';
        var digits = text[(hex ? from + 1 : from)..];
        var count = 0;
        while (count < digits.Length && count < LongestName && (hex ? char.IsAsciiHexDigit(digits[count]) : char.IsAsciiDigit(digits[count])))
            count++;
        if (count == 0)
            return null;

        var known = int.TryParse(digits[..count], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code);
        var end = (hex ? from + 1 : from) + count;
        return ((end < text.Length && text[end] == ';' ? end + 1 : end) - at, known ? Plain(new Rune(code)) : "");
    }

    private readonly (int, string)? Named(int from)
    {
        var count = 0;
        while (from + count < text.Length && count < LongestName && char.IsAsciiLetterOrDigit(text[from + count]))
            count++;
        var name = text.Slice(from, count);
        // Two of old are understood without their end.
        if (name.StartsWith("nbsp", StringComparison.Ordinal) || name.StartsWith("shy", StringComparison.Ordinal))
            name = name[..(name[0] == 'n' ? 4 : 3)];
        var end = from + name.Length;
        var closed = end < text.Length && text[end] == ';';
        if (name.IsEmpty || (!closed && name is not ("nbsp" or "shy")))
            return null;

        var meant = HtmlEntityProvider.Resolver.GetSymbol($"{name};");
        if (meant is null)
            return null;
        return ((closed ? end + 1 : end) - at, string.Concat(meant.EnumerateRunes().Select(Plain)));
    }

    // \'43, \u67? and the control words of RTF; \x of Markdown is a mark and the letter after it.
    private readonly (int, string)? Escape()
    {
        var rest = text[(at + 1)..];
        if (rest is ['\'', _, _, ..] && byte.TryParse(rest.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return (4, Plain(new Rune((char)code)));

        var word = 0;
        while (word < rest.Length && word < LongestName && char.IsAsciiLetter(rest[word]))
            word++;
        var end = word < rest.Length && word > 0 && rest[word] == '-' ? word + 1 : word;
        var number = end;
        while (end < rest.Length && end - number < 6 && char.IsAsciiDigit(rest[end]))
            end++;
        if (word == 1 && rest[0] == 'u' && int.TryParse(rest[number..end], NumberStyles.None, CultureInfo.InvariantCulture, out var unicode) && Rune.IsValid(unicode))
            return (1 + end + (end < rest.Length && rest[end] == '?' ? 1 : 0), Plain(new Rune(unicode)));
        return word > 0 && end < rest.Length && rest[end] == ' ' ? (1 + end + 1, "") : null;
    }
}
