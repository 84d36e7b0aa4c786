using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;

namespace ChwFhir.Tests.Mapping;

/// <summary>What servers make of a plain text: those that escape it as they should, and those that do not.</summary>
internal static partial class Renderings
{
    /// <summary>Whose readers see what was written.</summary>
    public static IEnumerable<(string Name, string Text)> Faithful(string text) =>
    [
        ("plain", text),
        ("plain, lines ended as on another system", text.ReplaceLineEndings("\r\n")),
        ("HTML", $"<html><body><div>{WebUtility.HtmlEncode(text).Replace("\n", "<br/>", StringComparison.Ordinal)}</div></body></html>"),
        ("HTML in pre", $"<!DOCTYPE html><pre>{WebUtility.HtmlEncode(text)}</pre>"),
        ("RTF", Rtf(text, escape: true)),
    ];

    /// <summary>Whose readers may see anything: but never another note's line.</summary>
    public static IEnumerable<(string Name, string Text)> Careless(string text) =>
    [
        ("HTML, nothing escaped", $"<html><body>{text.Replace("\n", "<br>", StringComparison.Ordinal)}</body></html>"),
        ("HTML of what was decoded first", $"<p>{WebUtility.HtmlDecode(text)}</p>"),
        ("Markdown", Markdig.Markdown.ToHtml(text)),
        ("RTF, nothing escaped", Rtf(text, escape: false)),
        ("plain, all decoded", WebUtility.HtmlDecode(WebUtility.HtmlDecode(text))),
    ];

    /// <summary>As the most forgiving reader sees it: tags gone, references undone twice, the unseen dropped, fancy letters plain, white space folded, small letters.</summary>
    public static string Forgivingly(string rendered)
    {
        var text = Tag().Replace(WebUtility.HtmlDecode(WebUtility.HtmlDecode(Tag().Replace(rendered, ""))), "");
        var seen = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
                seen.Append(' ');
            else if (Fancy(rune) is { } letter)
                seen.Append(letter);
            else if (rune.Value is not ('*' or '_' or '~' or '`' or '\\' or 0x115F or 0x3164) && category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark))
                seen.Append(Rune.ToLowerInvariant(rune));
        }

        return Space().Replace(seen.ToString(), " ");
    }

    private static char? Fancy(Rune rune) => rune.Value switch
    {
        >= 0xFF21 and <= 0xFF3A => (char)('a' + (rune.Value - 0xFF21)),
        >= 0xFF41 and <= 0xFF5A => (char)('a' + (rune.Value - 0xFF41)),
        >= 0x24B6 and <= 0x24CF => (char)('a' + (rune.Value - 0x24B6)),
        >= 0x24D0 and <= 0x24E9 => (char)('a' + (rune.Value - 0x24D0)),
        >= 0x1D400 and <= 0x1D6A3 => (char)('a' + ((rune.Value - 0x1D400) % 26)),
        0x2102 or 0x216D or 0x0421 => 'c',
        0x210D or 0x02B0 or 0x041D => 'h',
        0x02B7 => 'w',
        0x2115 or 0x207F or 0x039D => 'n',
        0x2134 or 0x043E or 0x03BF => 'o',
        0x0422 or 0x03A4 => 't',
        0x212F or 0x0435 or 0x0415 or 0x00E9 => 'e',
        0x211D or 0x02B3 => 'r',
        0x2131 => 'f',
        _ => null,
    };

    private static string Rtf(string text, bool escape)
    {
        var rtf = new StringBuilder(@"{\rtf1\ansi\uc1{\fonttbl{\f0 Arial;}}\f0 ");
        foreach (var letter in text)
        {
            rtf.Append(letter switch
            {
                '\n' => "\\par\n",
                '\\' or '{' or '}' when escape => $"\\{letter}",
                > '\u007E' => $"\\u{(short)letter}?",
                _ => letter.ToString(),
            });
        }

        return rtf.Append('}').ToString();
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" +")]
    private static partial Regex Space();
}
