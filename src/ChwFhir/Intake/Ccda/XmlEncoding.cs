using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>What the bytes are said to be. XML's own reader goes by byte order mark and declaration; here only what it would take on trust.</summary>
internal static class XmlEncoding
{
    /// <summary>Code pages of old exports (<c>windows-1252</c>) are known to the process from here on.</summary>
    public static void KnowCodePages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// UTF-16 must be said, by the XML declaration or by <c>charset</c> of the content type: two-byte text that nobody declares is a file that was saved again by something that did not know what it saved,
    /// and its characters cannot be trusted.
    /// </summary>
    public static bool IsSaid(ReadOnlySpan<byte> bytes, string contentType)
    {
        if (TwoBytes(bytes) is not { } encoding)
            return true;
        if (contentType.Contains("utf-16", StringComparison.OrdinalIgnoreCase))
            return true;
        var head = encoding.GetString(bytes[..(Math.Min(bytes.Length, 400) & ~1)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        return end > 0 && head.AsSpan(0, end).Contains("utf-16", StringComparison.OrdinalIgnoreCase);
    }

    private static Encoding? TwoBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => null,
        [0xFF, 0xFE, ..] or [(byte)'<', 0, _, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, (byte)'<', 0, _, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };
}
