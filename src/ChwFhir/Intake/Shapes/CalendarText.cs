namespace ChwFhir.Intake.Shapes;

/// <summary>FHIR's dates and times by the letter and by the calendar: 2026-02-30 and the year 0000 are none.</summary>
internal static class CalendarText
{
    public static bool IsPartialDate(ReadOnlySpan<char> text) => text.Length switch
    {
        4 => Year(text) > 0,
        7 => Year(text) > 0 && text[4] == '-' && Two(text, 5) is >= 1 and <= 12,
        10 => TryDay(text, out _),
        _ => false,
    };

    /// <summary>A dateTime with seconds, up to nine digits of a second, and an offset of at most 14 hours.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || !TryDay(text[..10], out var day) || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        if (Two(text, 11) is not (>= 0 and < 24 and var hour) || Two(text, 14) is not (>= 0 and < 60 and var minute) || Two(text, 17) is not (>= 0 and < 60 and var second))
            return false;

        var rest = text[19..];
        if (!TryFraction(ref rest, out var ticks) || !TryOffset(rest, out var offset))
            return false;

        var local = day.ToDateTime(new TimeOnly(hour, minute, second)).AddTicks(ticks);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;

        time = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (Year(text) is not (> 0 and var year) || text[4] != '-' || text[7] != '-' || Two(text, 5) is not (>= 1 and <= 12 and var month))
            return false;
        if (Two(text, 8) is not (>= 1 and var number) || number > DateTime.DaysInMonth(year, month))
            return false;

        day = new DateOnly(year, month, number);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
            return true;

        var digits = 0;
        while (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]))
            digits++;
        for (var i = 1; i <= 7; i++)
            ticks = (10 * ticks) + (i <= digits ? rest[i] - '0' : 0);

        rest = rest[(digits + 1)..];
        return digits is >= 1 and <= 9;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || Two(text, 1) is not (>= 0 and var hours) || Two(text, 4) is not (>= 0 and < 60 and var minutes))
            return false;

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return offset.Duration() <= TimeSpan.FromHours(14);
    }

    private static int Year(ReadOnlySpan<char> text)
    {
        var century = Two(text, 0);
        var year = Two(text, 2);
        return century < 0 || year < 0 ? -1 : (100 * century) + year;
    }

    private static int Two(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? (10 * (text[at] - '0')) + text[at + 1] - '0' : -1;
}
