using System.Globalization;

namespace ChwFhir.CareTeam;

/// <summary>When the clinic works, in its own time zone: the hours in which the clocks of urgent and routine messages run.</summary>
internal sealed class WorkingHours
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private readonly TimeZoneInfo _zone;
    private readonly ILookup<DayOfWeek, (TimeOnly From, TimeOnly To)> _hours;

    private WorkingHours(TimeZoneInfo zone, IEnumerable<(DayOfWeek Day, TimeOnly From, TimeOnly To)> hours) =>
        (_zone, _hours) = (zone, hours.OrderBy(open => open.From).ToLookup(open => open.Day, open => (open.From, open.To)));

    /// <summary><c>Mon-Fri 08:00-17:00, Sat 09:00-12:00 America/Chicago</c>; null when it is not of this form.</summary>
    public static WorkingHours? Read(string text)
    {
        var end = text.TrimEnd().LastIndexOf(' ');
        if (end < 0 || !TimeZoneInfo.TryFindSystemTimeZoneById(text[(end + 1)..].Trim(), out var zone))
            return null;

        List<(DayOfWeek, TimeOnly, TimeOnly)> hours = [];
        foreach (var part in text[..end].Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var times] || times.Split('-') is not [var from, var to]
                || !Time(from, out var opens) || !Time(to, out var closes) || opens >= closes || DaysOf(days) is not { } named)
                return null;
            hours.AddRange(named.Select(day => (day, opens, closes)));
        }

        return hours.Count > 0 ? new WorkingHours(zone, hours) : null;
    }

    public bool IsOpen(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        return _hours[local.DayOfWeek].Any(open => TimeOnly.FromTimeSpan(local.TimeOfDay) >= open.From && TimeOnly.FromTimeSpan(local.TimeOfDay) < open.To);
    }

    /// <summary>So long after, counted in working hours; a whole day counts as one working day to the same time.</summary>
    public DateTimeOffset After(DateTimeOffset start, TimeSpan length)
    {
        var at = Opening(start);
        for (var day = 0; day < length.Days; day++)
            at = Opening(SameTimeNextWorkingDay(at));

        var rest = length - TimeSpan.FromDays(length.Days);
        while (true)
        {
            var left = Closing(at) - at;
            if (rest <= left)
                return at + rest;
            rest -= left;
            at = Opening(Closing(at));
        }
    }

    // The time itself when it is in working hours, else the next opening.
    private DateTimeOffset Opening(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        for (var date = DateOnly.FromDateTime(local.DateTime); ; date = date.AddDays(1))
        {
            foreach (var (from, to) in _hours[date.DayOfWeek])
            {
                // Hours that the clocks skip in spring are none.
                var (opens, closes) = (At(date, from), At(date, to));
                if (closes > time && opens < closes)
                    return opens > time ? opens : time;
            }
        }
    }

    private DateTimeOffset Closing(DateTimeOffset open)
    {
        var local = TimeZoneInfo.ConvertTime(open, _zone);
        var date = DateOnly.FromDateTime(local.DateTime);
        return _hours[date.DayOfWeek].Select(hours => At(date, hours.To)).First(closes => closes > open);
    }

    private DateTimeOffset SameTimeNextWorkingDay(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        var date = DateOnly.FromDateTime(local.DateTime).AddDays(1);
        while (!_hours[date.DayOfWeek].Any())
            date = date.AddDays(1);
        return At(date, TimeOnly.FromTimeSpan(local.TimeOfDay));
    }

    // A time that the clocks skip in spring is the one an hour later.
    private DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (_zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    private static bool Time(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static IReadOnlyList<DayOfWeek>? DaysOf(string text)
    {
        var ends = text.Split('-').Select(day => Array.IndexOf(Days, day)).ToList();
        return ends switch
        {
            [>= 0 and var only] => [(DayOfWeek)only],
            [>= 0 and var first, >= 0 and var last] => [.. Enumerable.Range(0, (last - first + 7) % 7 + 1).Select(day => (DayOfWeek)((first + day) % 7))],
            _ => null,
        };
    }
}
