using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace ChwFhir.Mapping;

/// <summary>
/// Finds where the words of the reference line stand in a row: whatever look the letters have, whether they are written as character references or escapes,
/// and whatever that is not seen or is taken for markup stands between them. A sign may be read in several ways (a tag is shown, stripped, or a comment;
/// "\f " is nothing in RTF and a letter in Markdown): all are followed at once, in one pass.
/// </summary>
internal ref struct Imitations
{
    private const string Letters = "chwnoteref";
    private const string Comment = "<!--";
    private const string CommentEnd = "-->";
    private const int LastWord = 7;
    private const int LongestName = 32;

    // Wherever a first letter may begin: plain, escaped, or a letter that only looks like it.
    private static readonly SearchValues<char> Start = SearchValues.Create(
        ['c', 'C', '&', '\\', .. Enumerable.Range(0x80, char.MaxValue - 0x80 + 1).Select(code => (char)code).Where(letter => char.IsSurrogate(letter) || LookAlikes.Of(letter).Contains('c', StringComparison.Ordinal))]);

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    private readonly ReadOnlySpan<char> text;
    private readonly Ways ahead = new();
    private readonly List<int> found = [];
    private int nextStart = -1;
    private int nextAngle = -1;
    private int nextName = -1;
    private int nextComment = -1;

    private Imitations(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>How much of the words was heard on the ways that lead to a place.</summary>
    /// <param name="Mask">Bit n: n letters.</param>
    /// <param name="LastAt">Where the last word began, on a way that has heard its first letter; and on one that has heard two.</param>
    private readonly record struct Heard(int Mask, int LastAt, int LastAtOfTwo);

    /// <summary>The places that are still to be read, the nearest last: nearly always one or two, and all the ends of a place's tags are the same few.</summary>
    private sealed class Ways
    {
        private readonly List<(int At, Heard Heard)> ways = [];

        internal int Next => ways.Count == 0 ? int.MaxValue : ways[^1].At;

        internal Heard Take(int at)
        {
            if (Next != at)
                return default;
            var heard = ways[^1].Heard;
            ways.RemoveAt(ways.Count - 1);
            return heard;
        }

        internal void Add(int at, Heard heard)
        {
            var place = ways.Count;
            while (place > 0 && ways[place - 1].At < at)
                place--;
            if (place > 0 && ways[place - 1] is var (there, known) && there == at)
                ways[place - 1] = (at, new Heard(known.Mask | heard.Mask, Math.Max(known.LastAt, heard.LastAt), Math.Max(known.LastAtOfTwo, heard.LastAtOfTwo)));
            else
                ways.Insert(place, (at, heard));
        }
    }

    /// <summary>Where the last of the words begins, each time, in order.</summary>
    internal static IReadOnlyCollection<int> In(ReadOnlySpan<char> text)
    {
        // Nearly every text speaks of a CHW and nearly none imitates: between first letters nothing is looked at.
        if (!text.ContainsAny(Start))
            return [];

        var reading = new Imitations(text);
        for (var at = 0; reading.Next(ref at); at++)
            reading.Read(at);
        return [.. reading.found.Distinct().Order()];
    }

    private bool Next(ref int at)
    {
        if (nextStart < at && nextStart != text.Length)
            nextStart = at < text.Length && text[at..].IndexOfAny(Start) is var next and >= 0 ? at + next : text.Length;
        at = Math.Min(nextStart, ahead.Next);
        return at < text.Length;
    }

    private void Read(int at)
    {
        var heard = ahead.Take(at);
        Rune.DecodeFromUtf16(text[at..], out var rune, out var size);
        Go(heard, at, size, IsBeforeLine(at) ? "" : Plain(rune));
        if (text[at] == '\\' && Escape(at) is var (taken, meant))
            Go(heard, at, taken, meant);
        if (text[at] == '&' && Reference(at) is var (length, said))
            Go(heard, at, length, said);
        if (heard.Mask != 0 && Opening(at) is var opening and > 0)
            Tags(heard, at, at + opening);
    }

    private void Tags(Heard heard, int at, int inside)
    {
        if (End(ref nextAngle, inside, ">") is var angle and >= 0)
            Go(heard, at, angle + 1 - at, "");
        if (End(ref nextName, inside, "gt;") is var name and >= 0)
            Go(heard, at, name + 3 - at, "");
        if (text[at..].StartsWith(Comment, StringComparison.Ordinal) && End(ref nextComment, inside, CommentEnd) is var comment and >= 0)
            Go(heard, at, comment + CommentEnd.Length - at, "");
    }

    // The next end is looked for once, however many tags begin before it.
    private readonly int End(ref int known, int from, string sign)
    {
        if (known < from && known != int.MaxValue)
            known = from < text.Length && text[from..].IndexOf(sign, StringComparison.Ordinal) is var next and >= 0 ? from + next : int.MaxValue;
        return known == int.MaxValue ? -1 : known;
    }

    private readonly void Go(Heard heard, int at, int length, string letters)
    {
        foreach (var letter in letters)
            heard = Hear(heard, letter, at);
        if (heard.Mask == 0)
            return;

        ahead.Add(at + length, heard);
    }

    private readonly Heard Hear(Heard heard, char letter, int at)
    {
        var (mask, lastAt, lastAtOfTwo) = (0, 0, 0);
        for (var count = 0; count < Letters.Length; count++)
        {
            if (Letters[count] != letter || (count > 0 && (heard.Mask & (1 << count)) == 0))
                continue;
            if (count == Letters.Length - 1)
            {
                found.Add(heard.LastAtOfTwo);
                continue;
            }

            mask |= 1 << (count + 1);
            if (count == LastWord)
                lastAt = at;
            else if (count == LastWord + 1)
                lastAtOfTwo = heard.LastAt;
        }

        return new Heard(mask, lastAt, lastAtOfTwo);
    }

    // What Markdown and mail put before a line is gone once somebody has rendered it.
    private readonly bool IsBeforeLine(int at)
    {
        if (text[at] is not ('>' or '-' or '+' or '#' or '|'))
            return false;
        var before = at - 1;
        while (before >= 0 && at - before < LongestName && text[before] is (' ' or '\t'))
            before--;
        return before < 0 || text[before] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
    }

    private static string Plain(Rune rune)
    {
        if (rune.IsAscii)
            return rune.Value is '*' or '_' or '~' or '`' or '\\' or '{' or '}' || rune.Value <= ' ' || rune.Value == 0x7F ? "" : Ascii[char.ToLowerInvariant((char)rune.Value)];
        if (LookAlikes.Of(rune) is { Length: > 0 } letters)
            return letters;

        return Rune.IsWhiteSpace(rune) || LookAlikes.IsUnseen(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? "" : " ";
    }

    // <b>, and &lt;b&gt;, which becomes one when somebody undoes the references before the tags.
    private readonly int Opening(int at)
    {
        if (text[at] == '<')
            return 1;
        if (text[at] != '&')
            return 0;
        var end = Unescaped(at);
        return text[end..].StartsWith("lt;", StringComparison.Ordinal) ? end + 3 - at : 0;
    }

    // Behind the sign of a reference, and behind all that escaped it: &amp;amp;lt;
    private readonly int Unescaped(int from)
    {
        from++;
        while (text[from..].StartsWith("amp;", StringComparison.OrdinalIgnoreCase))
            from += 4;
        return from;
    }

    // &#67; &#x43; &Copf; &nbsp; and the same once more escaped: &amp;#67;
    private readonly (int Length, string Letters)? Reference(int at)
    {
        var from = Unescaped(at);
        return from < text.Length && text[from] == '#' ? Numbered(at, from + 1) : Named(at, from);
    }

    private readonly (int, string)? Numbered(int at, int from)
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

    private readonly (int, string)? Named(int at, int from)
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
    private readonly (int Taken, string Letters)? Escape(int at)
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
