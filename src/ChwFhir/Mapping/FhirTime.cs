using System.Globalization;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Times of the note in FHIR's spelling, always with the offset they were written in.</summary>
internal static class FhirTime
{
    private const int Day = 10;

    internal static string Of(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    internal static string DayOf(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static FhirDateTime DateTime(DateTimeOffset time) => new(Of(time));

    /// <summary>A dateTime where FHIR wants a date.</summary>
    internal static string Date(string dateOrTime) => dateOrTime.Length > Day ? dateOrTime[..Day] : dateOrTime;

    internal static bool IsDay(string dateOrTime) => dateOrTime.Length >= Day;
}
