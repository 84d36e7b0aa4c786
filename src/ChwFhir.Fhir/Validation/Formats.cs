using System.Buffers;

namespace ChwFhir.Fhir.Validation;

/// <summary>Whether a text is what its primitive type asks for (https://hl7.org/fhir/R4/datatypes.html#primitive). No regular expressions, no garbage.</summary>
internal static class Formats
{
    private const int LongestText = 1024 * 1024;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n\f\v");

    public static Format Of(string type) => type switch
    {
        "string" => Format.Text,
        "markdown" => Format.Markdown,
        "code" => Format.Code,
        "id" => Format.Id,
        "uri" or "url" or "canonical" => Format.Uri,
        "oid" => Format.Oid,
        "uuid" => Format.Uuid,
        "date" => Format.Date,
        "dateTime" => Format.DateTime,
        "instant" => Format.Instant,
        "time" => Format.Time,
        "xhtml" => Format.XHtml,
        "boolean" => Format.Boolean,
        "integer" => Format.Integer,
        "positiveInt" => Format.PositiveInt,
        "unsignedInt" => Format.UnsignedInt,
        "decimal" => Format.Decimal,
        "base64Binary" => Format.Bytes,
        _ => Format.None,
    };

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public static string? Fault(Format format, string text) => text.Length == 0
        ? "the value is empty"
        : format switch
        {
            Format.Text or Format.Markdown => TextFault(text),
            Format.Code => IsCode(text) ? null : "a code has no space at its ends and single spaces inside",
            Format.Id => text.Length <= 64 && !text.AsSpan().ContainsAnyExcept(IdCharacters) ? null : "an id has 1 to 64 letters, digits, hyphens and points",
            Format.Uri => text.AsSpan().ContainsAny(Spaces) ? "an address has no spaces" : null,
            Format.Oid => IsOid(text) ? null : "an oid begins with urn:oid: and has numbers parted by points",
            Format.Uuid => text.StartsWith("urn:uuid:", StringComparison.Ordinal) && Guid.TryParseExact(text.AsSpan(9), "D", out _) ? null : "a uuid begins with urn:uuid: and has 36 characters behind it",
            Format.Date => Moments.IsDate(text) ? null : "a date is YYYY, YYYY-MM or YYYY-MM-DD",
            Format.DateTime => Moments.IsDateTime(text) ? null : "a dateTime is a date, or a date with time, seconds and offset",
            Format.Instant => Moments.IsInstant(text) ? null : "an instant has date, time with seconds, and offset",
            Format.Time => Moments.IsTime(text) ? null : "a time is hh:mm:ss",
            _ => null,
        };

    private static string? TextFault(string text)
    {
        if (text.Length > LongestText)
            return "a text has at most a megabyte";
        if (text[0] <= ' ' && string.IsNullOrWhiteSpace(text))
            return "the text has spaces only";

        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAnyInRange('\0', '\u001F')) >= 0; rest = rest[(at + 1)..])
        {
            if (rest[at] is not ('\t' or '\r' or '\n'))
                return "the text has control characters";
        }

        return null;
    }

    private static bool IsCode(string text)
    {
        var afterSpace = true;
        foreach (var c in text)
        {
            var isSpace = c is ' ' or '\t' or '\r' or '\n';
            if (isSpace && afterSpace)
                return false;
            afterSpace = isSpace;
        }

        return !afterSpace;
    }

    private static bool IsOid(string text)
    {
        if (!text.StartsWith("urn:oid:", StringComparison.Ordinal) || text.Length < 11 || text[8] is < '0' or > '2')
            return false;

        var afterPoint = false;
        for (var i = 9; i < text.Length; i++)
        {
            if (text[i] == '.' ? afterPoint : !char.IsAsciiDigit(text[i]) || i == 9)
                return false;
            afterPoint = text[i] == '.';
        }

        return !afterPoint;
    }
}
