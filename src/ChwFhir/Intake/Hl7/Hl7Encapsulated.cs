using System.Text;
using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.Hl7;

/// <summary>Encapsulated data (ED): source ^ type ^ subtype ^ encoding ^ data.</summary>
internal static class Hl7Encapsulated
{
    /// <summary>The bytes; null when they are not in the encoding that is said.</summary>
    public static byte[]? Read(Hl7Value value, Encoding text, out string mediaType)
    {
        var raw = value.RawComponent(5);
        mediaType = MediaType(value.Text(2), value.Text(3), raw);
        switch (value.Text(4)?.ToUpperInvariant())
        {
            case "BASE64":
                return Base64(raw);
            case "HEX":
                try
                {
                    return Convert.FromHexString(string.Concat(raw.Where(character => !char.IsWhiteSpace(character))));
                }
                catch (FormatException)
                {
                    return null;
                }

            case null or "A":
                // No encoding: the data are text of the message, unless they plainly are Base64 of something that is none.
                mediaType = PrintedPage.IsForm(mediaType) ? $"{mediaType};charset=utf-8" : mediaType;
                return Encoding.UTF8.GetBytes(Hl7Escapes.Plain(raw, value.Separators, text));
            default:
                return null;
        }
    }

    private static byte[]? Base64(string raw)
    {
        var digits = new StringBuilder(raw.Length);
        // Line breaks within, as continued lines or as an escape.
        var plain = raw.Replace(@"\.br\", "", StringComparison.Ordinal).Replace(@"\X0D\", "", StringComparison.Ordinal).Replace(@"\X0A\", "", StringComparison.Ordinal).Replace(@"\X0D0A\", "", StringComparison.Ordinal);
        foreach (var character in plain)
        {
            if (!char.IsWhiteSpace(character) && character != '=')
                digits.Append(character);
        }

        digits.Append('=', (4 - (digits.Length % 4)) % 4);
        var bytes = new byte[digits.Length];
        return Convert.TryFromBase64String(digits.ToString(), bytes, out var length) ? bytes[..length] : null;
    }

    private static string MediaType(string? type, string? subtype, string data)
    {
        var kind = type?.ToLowerInvariant();
        var sub = subtype?.ToLowerInvariant();
        if (kind is not null && kind.Contains('/', StringComparison.Ordinal))
            return kind;

        return sub switch
        {
            "html" or "htm" => "text/html",
            "plain" or "txt" or "text" or "ft" or "tx" => "text/plain",
            "markdown" or "md" => "text/markdown",
            "rtf" => "text/rtf",
            "xml" or "cda" or "ccd" or "ccda" or "cda+xml" or "xhl7cda" or "x-hl7-cda-level-one" or "hl7cda" or "xml+cda" => "application/cda+xml",
            "pdf" => "application/pdf",
            "jpeg" or "jpg" => "image/jpeg",
            "png" => "image/png",
            "tiff" or "tif" => "image/tiff",
            null when kind is "text" or "tx" or "ft" or "txt" => "text/plain",
            null when kind is "pdf" or "html" or "rtf" or "xml" => MediaType(null, kind, data),
            null => data.StartsWith("JVBERi", StringComparison.Ordinal) ? "application/pdf" : "application/octet-stream",
            _ when kind is "text" => $"text/{sub}",
            _ when kind is "image" or "im" => $"image/{sub}",
            _ when kind is "application" or "ap" => $"application/{sub}",
            _ => "application/octet-stream",
        };
    }
}
