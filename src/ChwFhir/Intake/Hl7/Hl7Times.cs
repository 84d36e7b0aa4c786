using System.Globalization;

namespace ChwFhir.Intake.Hl7;

/// <summary>Times of HL7 v2 (<c>YYYYMMDDHHMMSS.S+ZZZZ</c>) as FHIR writes them, as exact as they are.</summary>
internal static class Hl7Times
{
    /// <param name="offset">Used where the time has none of its own; without any the time of day is left out, since nobody knows where it was meant.</param>
    public static string? Fhir(string? time, string? offset = null)
    {
        if (time is null)
            return null;

        var zoneAt = time.AsSpan().IndexOfAny('+', '-');
        var zone = Zone(zoneAt < 0 ? null : time[zoneAt..]) ?? offset;
        var digits = (zoneAt < 0 ? time : time[..zoneAt]).Split('.')[0].Trim();
        if (digits.Length < 4 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return null;

        var year = digits[..4];
        if (digits.Length < 6)
            return IsTrue(year, "01", "01") ? year : null;
        var month = digits[4..6];
        if (digits.Length < 8)
            return IsTrue(year, month, "01") ? $"{year}-{month}" : null;
        var day = digits[6..8];
        if (!IsTrue(year, month, day))
            return null;
        var date = $"{year}-{month}-{day}";
        if (digits.Length < 12 || zone is null)
            return date;

        var second = digits.Length >= 14 ? digits[12..14] : "00";
        return string.CompareOrdinal(digits[8..10], "24") < 0 && string.CompareOrdinal(digits[10..12], "60") < 0 && string.CompareOrdinal(second, "60") < 0
            ? $"{date}T{digits[8..10]}:{digits[10..12]}:{second}{zone}"
            : date;
    }

    public static string? Date(string? time) => Fhir(time) is { } text ? text[..Math.Min(10, text.Length)] : null;

    /// <summary>The offset at the end of a time, as FHIR writes one.</summary>
    public static string? OffsetOf(string? time) => time is not null && time.AsSpan().IndexOfAny('+', '-') is var at and >= 0 ? Zone(time[at..]) : null;

    private static string? Zone(string? text) =>
        text is { Length: 5 } && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9') && string.CompareOrdinal(text[1..3], "14") <= 0 && string.CompareOrdinal(text[3..], "60") < 0 ? $"{text[..3]}:{text[3..]}" : null;

    private static bool IsTrue(string year, string month, string day) =>
        DateTime.TryParseExact($"{year}{month}{day}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
