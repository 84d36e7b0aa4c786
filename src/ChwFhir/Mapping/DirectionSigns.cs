using System.Text.RegularExpressions;

namespace ChwFhir.Mapping;

/// <summary>
/// Embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069): unseen, they turn what stands behind them, also what others say there; a phone number
/// after one would be read from its end. Right-to-left scripts need none of them. They stay in the data and are left out of what is shown.
/// </summary>
public static partial class DirectionSigns
{
    public static bool IsOne(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>A page without them, written out or as HTML writes them.</summary>
    public static string FreeHtml(string html) => Written().Replace(html, "");

    internal static void Append(RentedText into, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\u202A', '\u2069') is var at and >= 0)
        {
            into.Append(IsOne(text[at]) ? text[..at] : text[..(at + 1)]);
            text = text[(at + 1)..];
        }
        into.Append(text);
    }

    [GeneratedRegex(@"&#x(202[A-E]|206[6-9]);|[\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Written();
}
