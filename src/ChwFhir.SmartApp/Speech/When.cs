using System.Globalization;
using ChwFhir.Fhir;

namespace ChwFhir.SmartApp.Speech;

/// <summary>Dates as people say them: <c>Tue 14 Oct, 3 weeks ago</c>.</summary>
internal static class When
{
    /// <summary>A moment, in the offset of the moment itself.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now, Wording words) => words.Say("when", Day(time, now, words), Ago(now - time, Days(time, now), words));

    /// <summary>It cannot have been yet, however much clocks differ.</summary>
    public static bool IsAhead(DateTimeOffset time, DateTimeOffset now) => time > now + TimeSpan.FromMinutes(15);

    /// <summary>A day: <c>Tue 14 Oct</c>, with its year when that is another one.</summary>
    public static string Day(DateTimeOffset time, DateTimeOffset now, Wording words)
    {
        var day = words.Say("day", words.Of("weekday", $"{(int)time.DayOfWeek}"), time.Day, words.Of("month", $"{time.Month}"));
        return time.Year == now.Year ? day : $"{day} {time.Year}";
    }

    /// <summary>What FHIR calls a date: a year, a month, a day or a moment; as it stands when it is none.</summary>
    public static string Of(string date, DateTimeOffset now, Wording words) => date.Length switch
    {
        4 or < 4 => date,
        7 when int.TryParse(date.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 => $"{words.Of("month", $"{month}")} {date[..4]}",
        10 when PartialDate.TryParse(date, out _) => Day(new DateTimeOffset(DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero), now, words),
        _ when DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) => Day(moment, now, words),
        _ => date,
    };

    /// <summary>The day of a birth: with its year, without a weekday.</summary>
    public static string Born(string date, Wording words) => date.Length == 10 && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? words.Say("date", day.Day, words.Of("month", $"{day.Month}"), day.Year) : date;

    /// <summary>The day of a death: like that of a birth, however much of a moment the chart has.</summary>
    public static string Died(string date, Wording words) => Born(date.Length > 10 ? date[..10] : date, words);

    public static string Exact(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    // Nights in between, where it was: what was on Monday afternoon is two days ago on Wednesday morning.
    private static int Days(DateTimeOffset time, DateTimeOffset now) => (now.ToOffset(time.Offset).Date - time.Date).Days;

    private static string Ago(TimeSpan ago, int days, Wording words) => ago switch
    {
        { TotalMinutes: < -1 } => days == 0 ? words["later-today"] : words.Count("in-days", -days),
        { TotalMinutes: < 1 } => words["just-now"],
        { TotalHours: < 1 } => words.Count("minutes-ago", (int)ago.TotalMinutes),
        { TotalDays: < 1 } => words.Count("hours-ago", (int)ago.TotalHours),
        _ when days < 14 => words.Count("days-ago", days),
        _ when days < 60 => words.Count("weeks-ago", days / 7),
        _ => words.Count("months-ago", (int)(days / 30.4)),
    };
}
