using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;

namespace ChwFhir.Intake.Printed;

/// <summary>Bytes of a text to its characters: by the byte order mark, else by the charset that is said, else UTF-8. Nothing is guessed and nothing replaced.</summary>
internal static class TextBytes
{
    private const string Malformed = "malformed";

    public static readonly NoteFault UnknownCharset = new("Content-Type", "unknown-charset", "The charset is none that is known here; send UTF-8.");

    /// <summary>The text, or null and the fault with its place. A mark at the start is no part of it.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string? charset, out NoteFault? fault)
    {
        fault = null;
        var encoding = ByMark(bytes, out var mark) ?? ByName(charset);
        if (encoding is null)
        {
            fault = UnknownCharset;
            return null;
        }

        bytes = bytes[mark..];
        if (Broken(bytes, encoding) is { } at)
        {
            fault = Fault(bytes, at, "not-text", $"these bytes are not {encoding.WebName.ToUpperInvariant()}");
            return null;
        }

        var text = encoding.GetString(bytes);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            fault = Fault(bytes, Math.Max(0, bytes.IndexOf((byte)0)), "not-text", "a NUL byte is no text (UTF-16 without a mark, or a file of another kind?)");
            return null;
        }

        return text;
    }

    /// <summary>Whether the text is in UTF-8, so that its bytes say everything without a charset beside them.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes, string? charset) => (ByMark(bytes, out _) ?? ByName(charset)) is UTF8Encoding;

    /// <summary>Null when none is said. One that cannot be made out is no charset that anybody knows.</summary>
    public static string? CharsetOf(string contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Parameters.Count(IsCharset) <= 1)
            return type.Parameters.Any(IsCharset) && type.CharSet?.Trim('"', '\'', ' ') is not { Length: > 0 } ? Malformed : type.CharSet?.Trim('"', '\'', ' ');

        return contentType.Contains("charset", StringComparison.OrdinalIgnoreCase) ? Malformed : null;
    }

    private static bool IsCharset(NameValueHeaderValue parameter) => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase);

    /// <summary>The media type alone, in lower case; empty when there is none.</summary>
    public static string MediaTypeOf(string contentType) => contentType.Split(';', 2)[0].Trim().ToLowerInvariant();

    public static Encoding? ByName(string? charset)
    {
        switch (charset?.ToLowerInvariant())
        {
            case null or "" or "utf-8" or "utf8" or "us-ascii" or "ascii" or "unicode-1-1-utf-8":
                return new UTF8Encoding(false, true);
            // What calls itself Latin-1 is Windows-1252 to everybody who shows pages.
            case "iso-8859-1" or "latin1" or "latin-1" or "iso_8859-1" or "cp1252" or "windows-1252":
                charset = "windows-1252";
                break;
            case "utf-16":
                return new UnicodeEncoding(false, false, true);
        }

        try
        {
            var known = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
            return known.CodePage == 65000 ? null : Encoding.GetEncoding(known.CodePage) is var plain ? Strict(plain) : null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) is { } page ? Strict(page) : null;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => 3,
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => 2,
            _ => 0,
        };
        return length switch
        {
            3 => new UTF8Encoding(false, true),
            2 => new UnicodeEncoding(bytes[0] == 0xFE, false, true),
            _ => null,
        };
    }

    /// <summary>The fault of bytes that are not in an encoding, with its place; null when they are.</summary>
    public static NoteFault? NotIn(Encoding encoding, ReadOnlySpan<byte> bytes) =>
        Broken(bytes, encoding) is { } at ? Fault(bytes, at, "not-text", $"these bytes are not {encoding.WebName.ToUpperInvariant()}") : null;

    private static int? Broken(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (encoding is UTF8Encoding)
        {
            if (Utf8.IsValid(bytes))
                return null;

            var at = 0;
            while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
                at += length;
            return at;
        }

        try
        {
            encoding.GetCharCount(bytes);
            return null;
        }
        catch (DecoderFallbackException stop)
        {
            return Math.Clamp(stop.Index, 0, bytes.Length);
        }
    }

    private static NoteFault Fault(ReadOnlySpan<byte> bytes, int at, string code, string words)
    {
        var before = bytes[..at];
        var line = before.Count((byte)'\n') + 1;
        var position = at - before.LastIndexOf((byte)'\n');
        return new NoteFault("", code, string.Create(CultureInfo.InvariantCulture, $"Line {line}, byte {position}: {words}."));
    }
}
