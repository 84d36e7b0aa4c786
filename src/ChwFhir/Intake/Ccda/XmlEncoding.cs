using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// In what encoding an XML document is: by its byte order mark, the <c>charset</c> of the content type and its own declaration. XML's own reader goes by mark and declaration alone, and puts a sign
/// for what is not in the declared one; here nothing is replaced.
/// </summary>
internal static partial class XmlEncoding
{
    private const int Looked = 400;

    /// <summary>Code pages of old exports (<c>windows-1252</c>) are known to the process from here on.</summary>
    public static void KnowCodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that the reader has to be told; null where it finds out by itself, or where there is a fault.</summary>
    /// <param name="fault">Says the place.</param>
    public static Encoding? Of(ReadOnlySpan<byte> bytes, string contentType, out NoteFault? fault)
    {
        fault = null;
        if (TwoBytes(bytes) is { } wide)
        {
            if (!IsSaid(bytes, wide, contentType))
                fault = Fault("This is UTF-16, and neither the XML declaration nor the content type says so");
            return null;
        }

        var (charset, declared) = (TextBytes.CharsetOf(contentType), Declared(bytes));
        if (charset is null && (declared is null || IsUtf8Name(declared)))
            return null;
        var (said, own) = (TextBytes.ByName(charset), TextBytes.ByName(declared));
        if (said is null || own is null)
        {
            fault = said is null ? TextBytes.UnknownCharset : new NoteFault("", "unknown-charset", "Line 1, position 1: the encoding that the XML declaration says is none that is known here; send UTF-8.");
            return null;
        }

        // What is valid UTF-8 is hardly ever anything else, whichever of the two says so.
        var isMarked = bytes.StartsWith("\uFEFF"u8);
        var hasUtf8 = isMarked || (charset is not null && said is UTF8Encoding) || (declared is not null && own is UTF8Encoding);
        var encoding = hasUtf8 && Utf8.IsValid(bytes) ? new UTF8Encoding(false, true) : isMarked || said is UTF8Encoding ? own : said;
        if (encoding is UnicodeEncoding)
            fault = Fault("The encoding is said to be UTF-16, and it is not");
        else
            fault = TextBytes.NotIn(encoding, bytes);
        return fault is null && !(encoding is UTF8Encoding && (declared is null || IsUtf8Name(declared))) ? encoding : null;
    }

    /// <summary>Whether the bytes need their charset beside them, since the declaration does not say it.</summary>
    public static string? Beside(ReadOnlySpan<byte> bytes, string contentType) =>
        TextBytes.CharsetOf(contentType) is { } charset && Declared(bytes) is null && TwoBytes(bytes) is null && Of(bytes, contentType, out _) is not (null or UTF8Encoding) ? charset : null;

    /// <summary>
    /// UTF-16 must be said, by the XML declaration or by <c>charset</c> of the content type: two-byte text that nobody declares is a file that was saved again by something that did not know what it saved,
    /// and its characters cannot be trusted.
    /// </summary>
    private static bool IsSaid(ReadOnlySpan<byte> bytes, Encoding wide, string contentType)
    {
        if (contentType.Contains("utf-16", StringComparison.OrdinalIgnoreCase))
            return true;
        var head = wide.GetString(bytes[..(Math.Min(bytes.Length, Looked) & ~1)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        return end > 0 && head.AsSpan(0, end).Contains("utf-16", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Looked)]);
        return Declaration().Match(head) is { Success: true } declaration ? declaration.Groups["name"].Value : null;
    }

    private static bool IsUtf8Name(string name) => name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase);

    private static NoteFault Fault(string detail) => new("", "encoding", $"{detail}: line 1, position 1.");

    private static Encoding? TwoBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => null,
        [0xFF, 0xFE, ..] or [(byte)'<', 0, _, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, (byte)'<', 0, _, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    [GeneratedRegex("""\A(?:\u00EF\u00BB\u00BF)?\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._:-]{0,40})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
