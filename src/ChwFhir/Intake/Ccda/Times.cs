using System.Globalization;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// HL7 v3 times as FHIR's, no more precise than written. A time of day needs an offset: its own, else the document's; without either the day is what is known.
/// Zeros without an offset are how exports write a day.
/// </summary>
internal sealed class Times
{
    /// <summary>Years before are what exports write for nothing (0001, 1753 and 1800 among them).</summary>
    private const int FirstYear = 1801;

    /// <summary>The offset that the document's own time is written with.</summary>
    public string? Offset { get; private set; }

    /// <summary>When the document was made; what is due is compared with it, not with a clock.</summary>
    public string? Document { get; private set; }

    public void ReadDocument(string? time)
    {
        Offset = OffsetOf(time);
        Document = Fhir(time);
    }

    public string? Fhir(CdaElement time) => time.IsNull ? null : Fhir(time.Value);

    /// <summary>FHIR date or dateTime; null for what is no time.</summary>
    public string? Fhir(string? time)
    {
        if (time is null)
            return null;
        var text = time.AsSpan().Trim();
        if (text.Length > 40)
            return null;
        Span<char> digits = stackalloc char[14];
        var count = Digits(text, digits);
        if (count < 4 || !IsDay(digits[..count]))
            return null;
        var year = digits[..4];
        if (count < 6)
            return year.ToString();
        if (count < 8)
            return $"{year}-{digits[4..6]}";
        var day = $"{year}-{digits[4..6]}-{digits[6..8]}";
        if (count < 12 || !IsTime(digits[8..count]))
            return day;
        var own = OffsetOf(time);
        if (own is null && (Offset is null || digits[8..count].TrimStart('0').IsEmpty))
            return day;
        return count < 14 ? $"{day}T{digits[8..10]}:{digits[10..12]}:00{own ?? Offset}" : $"{day}T{digits[8..10]}:{digits[10..12]}:{digits[12..14]}{own ?? Offset}";
    }

    /// <summary>The day of a birth: never a time of day.</summary>
    public string? Day(CdaElement time)
    {
        var fhir = Fhir(time);
        return fhir is { Length: > 10 } ? fhir[..10] : fhir;
    }

    /// <summary>Whether a day stands after the document's own.</summary>
    public bool IsAhead(string? time) => time is not null && Document is not null && string.CompareOrdinal(Date(time), 0, Date(Document), 0, Math.Min(Date(time).Length, Date(Document).Length)) > 0;

    public static string Date(string time) => time.Length > 10 ? time[..10] : time;

    /// <summary>Digits before an offset or a fraction; ISO's separators are passed over, which some exports write.</summary>
    private static int Digits(ReadOnlySpan<char> text, Span<char> digits)
    {
        var isIso = text.Length > 4 && text[4] == '-' && text.Length >= 7 && !text[5..].Contains('+') && char.IsAsciiDigit(text[5]) && char.IsAsciiDigit(text[6]) && (text.Length == 7 || text[7] == '-');
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                if (count == 14)
                    break;
                digits[count++] = letter;
                continue;
            }
            if (isIso && ((letter == '-' && count <= 6) || letter is ':' or 'T' or ' '))
                continue;
            break;
        }
        return count;
    }

    private static string? OffsetOf(string? time)
    {
        var text = time.AsSpan().Trim();
        if (text.EndsWith("Z"))
            return "Z";
        var sign = text.LastIndexOfAny('+', '-');
        if (sign < 10)
            return null;
        var offset = text[(sign + 1)..];
        var hours = offset.Length switch { 4 => offset, 5 when offset[2] == ':' => $"{offset[..2]}{offset[3..]}", 2 => $"{offset}00", _ => default };
        if (hours.IsEmpty || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1400 || number % 100 > 59)
            return null;
        return $"{text[sign]}{hours[..2]}:{hours[2..]}";
    }

    private static bool IsDay(ReadOnlySpan<char> digits)
    {
        var year = Number(digits[..4]);
        if (year < FirstYear)
            return false;
        if (digits.Length < 6)
            return true;
        var month = Number(digits[4..6]);
        if (month is < 1 or > 12)
            return false;
        if (digits.Length < 8)
            return true;
        var day = Number(digits[6..8]);
        return day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool IsTime(ReadOnlySpan<char> digits) => Number(digits[..2]) < 24 && Number(digits[2..4]) < 60 && (digits.Length < 6 || Number(digits[4..6]) < 60);

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
