using System.Buffers;
using System.Net;
using System.Text.RegularExpressions;

namespace ChwFhir.Mapping;

/// <summary>
/// The last line of a written document, by which it is found again where a server keeps no identifier of ours. Whoever looks strips tags and folds white space,
/// so no text of a note may come out as such a line: wherever its words stand in a row, whatever unseen or marked-up stands between them, a dot parts them.
/// </summary>
public static partial class ReferenceLine
{
    private const string Parting = "\u00B7 ";
    private const int LongestTag = 502;
    private const int LongestEntity = 12;

    private static readonly SearchValues<char> FirstLetter = SearchValues.Create("cC\uFF23\uFF43");

    public static string Of(string noteId, string key) => $"CHW note ref {noteId}/{key}";

    /// <summary>Parts every imitation in text or XHTML, behind a place in it.</summary>
    internal static void Neutralise(RentedText text, int from = 0)
    {
        var written = text.Written[from..];
        if (!MayImitate(written))
            return;

        var parted = Parted(written.ToString());
        text.CutAt(from);
        text.Append(parted);
    }

    private static string Parted(string text)
    {
        // A reader may undo character references after it stripped the tags: "&#67;HW" would then read as one of the letters.
        if (text.Contains("&#", StringComparison.Ordinal) && Imitation().IsMatch(WebUtility.HtmlDecode(text)))
            text = text.Replace("&#", "& #", StringComparison.Ordinal);

        return Imitation().Replace(text, match => string.Concat(text.AsSpan(match.Index, match.Groups["last"].Index - match.Index), Parting, match.Groups["last"].ValueSpan));
    }

    /// <summary>A quick look, since nearly every text speaks of a CHW and nearly none imitates: sees all that the pattern sees, and a little more.</summary>
    private static bool MayImitate(ReadOnlySpan<char> text)
    {
        if (text.Contains("&#", StringComparison.Ordinal))
            return true;

        while (text.IndexOfAny(FirstLetter) is var at and >= 0)
        {
            text = text[(at + 1)..];
            if (IsFollowedBy("hwnoteref", text))
                return true;
        }

        return false;
    }

    private static bool IsFollowedBy(string letters, ReadOnlySpan<char> text)
    {
        foreach (var letter in letters)
        {
            while (text.Length > 0 && Narrow(text[0]) != letter)
            {
                if (Passed(text) is not (> 0 and var unseen))
                    return false;
                text = text[unseen..];
            }

            if (text.IsEmpty)
                return false;
            text = text[1..];
        }

        return true;
    }

    /// <summary>How much of what may stand between two letters begins here.</summary>
    private static int Passed(ReadOnlySpan<char> text) => text[0] switch
    {
        '<' => text[..Math.Min(text.Length, LongestTag)].IndexOf('>') + 1,
        '&' => text[..Math.Min(text.Length, LongestEntity)].IndexOf(';') + 1,
        var character => char.IsAsciiLetterOrDigit(Narrow(character)) ? 0 : 1,
    };

    /// <summary>A letter in lower case and of the common width.</summary>
    private static char Narrow(char character) => char.ToLowerInvariant(character is >= '\uFF21' and <= '\uFF5A' ? (char)(character - '\uFF21' + 'A') : character);

    private const string Between = @"(?:[\s\p{C}\p{M}\u115F\u1160\u3164*_~`\\]|<[^<>]{0,500}>|&[A-Za-z]{2,10};)*";

    [GeneratedRegex($"[c\uFF23\uFF43]{Between}[h\uFF28\uFF48]{Between}[w\uFF37\uFF57]{Between}[n\uFF2E\uFF4E]{Between}[o\uFF2F\uFF4F]{Between}[t\uFF34\uFF54]{Between}[e\uFF25\uFF45]{Between}(?<last>[r\uFF32\uFF52]{Between}[e\uFF25\uFF45]{Between}[f\uFF26\uFF46])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Imitation();
}
