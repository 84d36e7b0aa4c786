using System.Globalization;

namespace ChwFhir.Fhir;

/// <summary>
/// A FHIR date, dateTime or instant as what it is: a stretch of time, as long as its precision. Without an offset nobody knows where on earth it was meant,
/// so against one with an offset it is as wide as the world's clocks; two without are taken to be of one place.
/// </summary>
public readonly record struct PartialDate
{
    private static readonly string[] Minutes = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    private static readonly TimeSpan EarliestOffset = TimeSpan.FromHours(14);
    private static readonly TimeSpan LatestOffset = TimeSpan.FromHours(-12);

    private readonly DateTime _start;
    private readonly DateTime _end;
    private readonly TimeSpan? _offset;

    private PartialDate(DateTime start, DateTime end, TimeSpan? offset) => (_start, _end, _offset) = (start, end, offset);

    /// <summary>The offset that it names; null where it names none.</summary>
    public TimeSpan? Offset => _offset;

    /// <summary>The stretch as somebody means it whose clocks have this offset, unless it names one itself; its end is not part of it.</summary>
    public (DateTimeOffset From, DateTimeOffset To) In(TimeSpan offset) => (At(_start, _offset ?? offset), At(_end, _offset ?? offset));

    /// <summary>The first moment it can mean.</summary>
    public DateTimeOffset Earliest => At(_start, _offset ?? EarliestOffset);

    /// <summary>The moment by which it is over, whatever it means; not part of it.</summary>
    public DateTimeOffset Latest => At(_end, _offset ?? LatestOffset);

    /// <summary>Reads <c>yyyy</c>, <c>yyyy-MM</c>, <c>yyyy-MM-dd</c> and those with time and offset; nothing else.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        switch (text?.Length)
        {
            case 4 when Day(text + "-01-01", out var year):
                date = new PartialDate(year, AddOrMax(year, day => day.AddYears(1)), null);
                return true;
            case 7 when Day(text + "-01", out var month):
                date = new PartialDate(month, AddOrMax(month, day => day.AddMonths(1)), null);
                return true;
            case 10 when Day(text, out var whole):
                date = new PartialDate(whole, AddOrMax(whole, day => day.AddDays(1)), null);
                return true;
            case > 16:
                return TryParseTime(text, out date);
            default:
                return false;
        }
    }

    public DateOrder Compare(PartialDate other)
    {
        if (_offset is null && other._offset is null)
            return Order(_start, _end, other._start, other._end);

        return Order(Earliest.UtcDateTime, Latest.UtcDateTime, other.Earliest.UtcDateTime, other.Latest.UtcDateTime);
    }

    private static DateOrder Order(DateTime start, DateTime end, DateTime otherStart, DateTime otherEnd)
    {
        if (start == otherStart && end == otherEnd)
            return DateOrder.Same;
        if (end <= otherStart)
            return DateOrder.Before;

        return start >= otherEnd ? DateOrder.After : DateOrder.Overlaps;
    }

    private static bool TryParseTime(string text, out PartialDate date)
    {
        date = default;
        var zone = text.AsSpan(16).IndexOfAny('Z', '+', '-') + 16;
        if (text[10] != 'T' || zone < 16)
            return false;

        var digits = zone > 20 ? zone - 20 : 0;
        var seconds = "yyyy-MM-dd'T'HH:mm:ss" + (digits is > 0 and <= 7 ? "." + new string('f', digits) : "");
        string[] formats = zone == 16 ? Minutes : [seconds + "zzz", seconds + "'Z'"];
        if (!DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return false;

        var length = zone == 16 ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond / (long)Math.Pow(10, digits);
        date = new PartialDate(instant.DateTime, AddOrMax(instant.DateTime, start => start.AddTicks(length)), instant.Offset);

        return true;
    }

    private static bool Day(string text, out DateTime day) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static DateTime AddOrMax(DateTime start, Func<DateTime, DateTime> add)
    {
        try
        {
            return add(start);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MaxValue;
        }
    }

    // The first and the last days of the calendar have no room for an offset.
    private static DateTimeOffset At(DateTime local, TimeSpan offset)
    {
        var utc = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);

        return new DateTimeOffset(utc, TimeSpan.Zero);
    }
}
