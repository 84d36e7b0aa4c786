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

    public static string Of(string noteId, string key) => $"CHW note ref {noteId}/{key}";

    /// <summary>Text or XHTML with every imitation parted.</summary>
    internal static string Neutralise(string text)
    {
        if (!text.Contains("chw", StringComparison.OrdinalIgnoreCase) && !MayHideLetters(text))
            return text;

        // A reader may undo character references after it stripped the tags: "&#67;HW" would then read as one of the letters.
        if (text.Contains("&#", StringComparison.Ordinal) && Imitation().IsMatch(WebUtility.HtmlDecode(text)))
            text = text.Replace("&#", "& #", StringComparison.Ordinal);

        return Imitation().Replace(text, match => string.Concat(text.AsSpan(match.Index, match.Groups["last"].Index - match.Index), Parting, match.Groups["last"].ValueSpan));
    }

    private static bool MayHideLetters(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F') >= 0 || text.Contains("&#", StringComparison.Ordinal) || text.AsSpan().IndexOfAny("<*_`\\") >= 0;

    private const string Between = @"(?:[\s\p{C}\p{M}\u115F\u1160\u3164*_~`\\]|<[^<>]{0,500}>|&[A-Za-z]{2,10};)*";

    [GeneratedRegex($"[c\uFF23\uFF43]{Between}[h\uFF28\uFF48]{Between}[w\uFF37\uFF57]{Between}[n\uFF2E\uFF4E]{Between}[o\uFF2F\uFF4F]{Between}[t\uFF34\uFF54]{Between}[e\uFF25\uFF45]{Between}(?<last>[r\uFF32\uFF52]{Between}[e\uFF25\uFF45]{Between}[f\uFF26\uFF46])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Imitation();
}
