namespace ChwFhir.Fhir.Validation;

/// <summary>Dates and times by their letters and by the calendar.</summary>
internal static class Moments
{
    public static bool IsDate(ReadOnlySpan<char> text) => text.Length is 4 or 7 or 10 && IsDay(text);

    public static bool IsDateTime(ReadOnlySpan<char> text) => text.Length <= 10 ? IsDate(text) : IsInstant(text);

    public static bool IsInstant(ReadOnlySpan<char> text)
    {
        if (text.Length < 20 || text[10] != 'T' || !IsDay(text[..10]))
            return false;

        var time = text[11..];
        if (time[^1] == 'Z')
            return IsTime(time[..^1]);

        return time.Length > 6 && time[^6] is '+' or '-' && time[^3] == ':'
            && Number(time[^5..^3]) is var hours and >= 0 and <= 14 && Number(time[^2..]) is var minutes and >= 0 and <= 59 && (hours < 14 || minutes == 0)
            && IsTime(time[..^6]);
    }

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
            return false;
        if (Number(text[..2]) is < 0 or > 23 || Number(text[3..5]) is < 0 or > 59 || Number(text[6..8]) is < 0 or > 60)
            return false;

        return text.Length == 8 || (text.Length > 9 && text[8] == '.' && !text[9..].ContainsAnyExceptInRange('0', '9'));
    }

    private static bool IsDay(ReadOnlySpan<char> text)
    {
        var year = Number(text[..4]);
        if (year < 1)
            return false;
        if (text.Length == 4)
            return true;
        if (text[4] != '-' || Number(text[5..7]) is not (var month and >= 1 and <= 12))
            return false;

        return text.Length == 7 || (text[7] == '-' && Number(text[8..10]) is var day and >= 1 && day <= System.DateTime.DaysInMonth(year, month));
    }

    // -1 for what is no number.
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return -1;
            number = number * 10 + (digit - '0');
        }

        return number;
    }
}
