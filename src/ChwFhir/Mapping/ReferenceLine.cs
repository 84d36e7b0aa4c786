using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ChwFhir.Mapping;

/// <summary>
/// The last line of a written document, by which it is found again where a server keeps no identifier of ours. Whoever looks strips tags and folds white space,
/// so no text of a note may come out as such a line: wherever its words stand in a row, whatever unseen or marked-up stands between them, a dot parts them.
/// </summary>
public static partial class ReferenceLine
{
    private static readonly SearchValues<char> LetterW = SearchValues.Create('w', 'W', '\uFF37', '\uFF57');
    private const string Parting = "\u00B7 ";

    public static string Of(string noteId, string key) => $"CHW note ref {noteId}/{key}";

    /// <summary>The finished document: the line stands behind the text, in which every imitation from a place on is parted.</summary>
    internal static string Sign(StringBuilder text, int from, string before, string line, string after)
    {
        var end = text.Length;
        var signed = text.Append(before).Append(line).Append(after).ToString();

        return MayHoldIt(signed.AsSpan(from, end - from))
            ? string.Concat(signed.AsSpan(0, from), Neutralise(signed[from..end]), signed.AsSpan(end))
            : signed;
    }

    /// <summary>Text or XHTML with every imitation parted.</summary>
    internal static string Neutralise(string text)
    {
        if (!MayHoldIt(text))
            return text;

        // A reader may undo character references after it stripped the tags: "&#67;HW" would then read as one of the letters.
        if (text.Contains("&#", StringComparison.Ordinal) && Imitation().IsMatch(WebUtility.HtmlDecode(text)))
            text = text.Replace("&#", "& #", StringComparison.Ordinal);

        return Imitation().Replace(text, match => string.Concat(text.AsSpan(match.Index, match.Groups["last"].Index - match.Index), Parting, match.Groups["last"].ValueSpan));
    }

    /// <summary>The cheap question first: does an "n" follow a "w", whatever unseen or marked-up stands between?</summary>
    private static bool MayHoldIt(ReadOnlySpan<char> text)
    {
        if (text.Contains("&#", StringComparison.Ordinal))
            return true;

        for (var at = text.IndexOfAny(LetterW); at >= 0; at = text.IndexOfAny(LetterW))
        {
            text = text[(at + 1)..];
            var next = 0;
            while (next < text.Length && MayStandBetween(text[next]))
                next = text[next] switch
                {
                    '<' when text[next..].IndexOf('>') is var end and > 0 => next + end + 1,
                    '&' when text[next..].IndexOf(';') is var end and > 0 => next + end + 1,
                    _ => next + 1,
                };
            if (next < text.Length && text[next] is 'n' or 'N' or '\uFF2E' or '\uFF4E')
                return true;
        }

        return false;
    }

    private static bool MayStandBetween(char character) =>
        character > '\x7F' ? !char.IsLetterOrDigit(character) || character is '\u115F' or '\u1160' or '\u3164' : character <= ' ' || character is '*' or '_' or '~' or '`' or '\\' or '<' or '&' or '\x7F';

    private const string Between = @"(?:[\s\p{C}\p{M}\u115F\u1160\u3164*_~`\\]|<[^<>]{0,500}>|&[A-Za-z]{2,10};)*";

    [GeneratedRegex($"[c\uFF23\uFF43]{Between}[h\uFF28\uFF48]{Between}[w\uFF37\uFF57]{Between}[n\uFF2E\uFF4E]{Between}[o\uFF2F\uFF4F]{Between}[t\uFF34\uFF54]{Between}[e\uFF25\uFF45]{Between}(?<last>[r\uFF32\uFF52]{Between}[e\uFF25\uFF45]{Between}[f\uFF26\uFF46])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Imitation();
}
