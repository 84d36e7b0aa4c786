using System.Globalization;
using System.Text.RegularExpressions;

namespace ChwFhir.Sandbox.Search;

/// <summary>What a FHIR date, dateTime, instant or Period covers, in milliseconds of UTC; the end is not part of it.</summary>
internal readonly partial record struct TimeRange(long Low, long High)
{
    public static readonly TimeRange Always = new(long.MinValue, long.MaxValue);

    /// <summary>A date without a zone is read in UTC, as the server has no place of its own.</summary>
    public static TimeRange? Read(string? text)
    {
        if (text is null || Form().Match(text) is not { Success: true } match)
            return null;
        var year = Number(match, "y") ?? 0;
        var month = Number(match, "m");
        var day = Number(match, "d");
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month ?? 1))
            return null;
        var start = new DateTimeOffset(year, month ?? 1, day ?? 1, 0, 0, 0, TimeSpan.Zero);
        if (Number(match, "h") is not { } hour)
            return Between(start, day is not null ? NextDay(start) : Later(start, month is not null));
        var (minute, second) = (Number(match, "i") ?? 0, Number(match, "s"));
        if (hour > 23 || minute > 59 || second > 60)
            return null;
        var from = start.ToUnixTimeMilliseconds() + 1000L * ((hour * 3600) + (minute * 60) + (second ?? 0)) - Offset(match.Groups["z"].Value);
        if (second is null)
            return new(from, from + 60_000);
        if (match.Groups["f"].Value is not { Length: > 0 } fraction)
            return new(from, from + 1000);
        var milliseconds = from + int.Parse(fraction.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        return new(milliseconds, milliseconds + 1);
    }

    private static TimeRange Between(DateTimeOffset low, DateTimeOffset high) => new(low.ToUnixTimeMilliseconds(), high.ToUnixTimeMilliseconds());

    private static DateTimeOffset NextDay(DateTimeOffset start) => start.Date == DateTime.MaxValue.Date ? DateTimeOffset.MaxValue : start.AddDays(1);

    private static DateTimeOffset Later(DateTimeOffset start, bool month)
    {
        if (month)
            return start.Year == 9999 && start.Month == 12 ? DateTimeOffset.MaxValue : start.AddMonths(1);
        return start.Year == 9999 ? DateTimeOffset.MaxValue : start.AddYears(1);
    }

    private static long Offset(string zone)
    {
        if (zone is "" or "Z")
            return 0;
        var minutes = (int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture);
        return (zone[0] == '-' ? -60_000L : 60_000L) * minutes;
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(?<y>\d{4})(-(?<m>\d{2})(-(?<d>\d{2})(T(?<h>\d{2}):(?<i>\d{2})(:(?<s>\d{2})(\.(?<f>\d+))?)?(?<z>Z|[+-]\d{2}:\d{2})?)?)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
