using System.Text;

namespace ChwFhir.Mapping;

/// <summary>
/// The words of a document as a server gives it back: servers render what was sent as plain text into HTML or RTF. Tags and control words are
/// left out, nothing else is: what could be hidden by them (comments, scripts, hidden text) counts as words, so that nobody can hide between two of ours.
/// </summary>
public static class RenderedText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="contentType">As the server says it; believed only where the content does not show what it is.</param>
    public static string Read(ReadOnlySpan<byte> content, string? contentType)
    {
        var text = Decode(content);
        if (RtfText.IsRtf(text))
            return RtfText.Read(text);

        return IsMarkup(text, contentType) ? HtmlText.Read(text) : text;
    }

    /// <summary>White space of every kind, in any amount, as one space.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
                gap = folded.Length > 0;
            else
            {
                folded.Append(gap ? " " : "").Append(character);
                gap = false;
            }
        }

        return folded.ToString();
    }

    private static bool IsMarkup(string text, string? contentType)
    {
        if (contentType?.Contains("html", StringComparison.OrdinalIgnoreCase) is true || contentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) is true)
            return true;

        // A page that is called plain text, or nothing.
        var start = text.AsSpan().TrimStart();
        return start is ['<', _, ..] && (char.IsAsciiLetter(start[1]) || start[1] is '!' or '?');
    }

    // The reference line is ASCII: what the other letters were matters little.
    private static string Decode(ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(content[2..]);
        if (content is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(content[2..]);
        if (content is [0xEF, 0xBB, 0xBF, ..])
            content = content[3..];
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }
}
