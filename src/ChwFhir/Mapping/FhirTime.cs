using System.Globalization;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Times of the note in FHIR's spelling, always with the offset they were written in.</summary>
internal static class FhirTime
{
    private const int Day = 10;
    private const int Minute = 16;

    /// <summary>Where the fraction of a second begins and ends in .NET's round-trip format, which it writes far faster than any other.</summary>
    private const int Fraction = 19;
    private const int Offset = 27;

    /// <summary>To the second, and to its fraction only where there is one.</summary>
    internal static string Of(DateTimeOffset time)
    {
        var text = time.ToString("O", CultureInfo.InvariantCulture).AsSpan();
        return string.Concat(text[..Fraction], text[Fraction..Offset].TrimEnd('0').TrimEnd('.'), text[Offset..]);
    }

    internal static string DayOf(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture)[..Day];

    /// <summary>To the minute, as people read it: <c>2026-11-24 14:00</c>.</summary>
    internal static string MinuteOf(DateTimeOffset time) => $"{DayOf(time)} {ClockOf(time)}";

    internal static string ClockOf(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture)[(Day + 1)..Minute];

    internal static string OffsetOf(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture)[Offset..];

    internal static FhirDateTime DateTime(DateTimeOffset time) => new(Of(time));

    /// <summary>A dateTime where FHIR wants a date.</summary>
    internal static string Date(string dateOrTime) => dateOrTime.Length > Day ? dateOrTime[..Day] : dateOrTime;

    /// <summary>When something was, where the profiles want a day: a month or a year stands as a period, so that no day is made up.</summary>
    internal static DataType Effective(string? given, string started) => given switch
    {
        null => new FhirDateTime(started),
        { } time when IsDay(time) => new FhirDateTime(time),
        { } partial => new Period { Start = partial, End = partial },
    };

    /// <summary>A date of the note as people read it; a time without seconds, in the offset that it was written in.</summary>
    internal static string Readable(string dateOrTime) => dateOrTime.Length >= Minute && dateOrTime[Day] == 'T' ? $"{dateOrTime[..Day]} {dateOrTime[(Day + 1)..Minute]}" : dateOrTime;

    internal static bool IsDay(string dateOrTime) => dateOrTime.Length >= Day;
}
