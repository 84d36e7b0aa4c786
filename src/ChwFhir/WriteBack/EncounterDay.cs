using System.Globalization;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>When an encounter was, beside the day of a visit. Servers leave out search parameters that they do not know: what they found is looked at again here.</summary>
internal static class EncounterDay
{
    /// <summary>It has a time, and that touches the day.</summary>
    public static bool Overlaps(Encounter encounter, DateTimeOffset day) => encounter.Period?.Start is not null && MayOverlap(encounter, day);

    /// <summary>Nothing that it says of its time speaks against it.</summary>
    public static bool MayOverlap(Encounter encounter, DateTimeOffset day) =>
        (Earliest(encounter.Period?.Start, day.Offset) is not { } start || start < day.AddDays(1)) && (Latest(encounter.Period?.End, day.Offset) is not { } end || end > day);

    /// <summary>For the person who chooses: when, what, how far.</summary>
    public static string InWords(Encounter encounter)
    {
        var kinds = encounter.Type.Select(type => type.Text ?? type.Coding.Select(coding => coding.Display ?? coding.Code).FirstOrDefault(word => word is not null))
            .Append(encounter.Class?.Display ?? encounter.Class?.Code).Where(word => !string.IsNullOrWhiteSpace(word)).Distinct();
        var end = encounter.Period?.End is { } until ? $" to {FhirTime.Readable(until)}" : "";
        return Phrases.Joined(encounter.Period?.Start is { } start ? $"{FhirTime.Readable(start)}{end}" : "without a time", string.Join(" / ", kinds), encounter.Status?.GetLiteral());
    }

    // A date without a time means the whole day where the visit was.
    private static DateTimeOffset? Earliest(string? text, TimeSpan offset) => text is null ? null : Read(text, offset);

    private static DateTimeOffset? Latest(string? text, TimeSpan offset) => text?.Length switch
    {
        4 => Read(text, offset)?.AddYears(1),
        7 => Read(text, offset)?.AddMonths(1),
        10 => Read(text, offset)?.AddDays(1),
        _ => text is null ? null : Read(text, offset),
    };

    private static DateTimeOffset? Read(string text, TimeSpan offset)
    {
        string[] partial = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];
        if (DateTime.TryParseExact(text, partial, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return IsMeant(day) ? new DateTimeOffset(day, offset) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && IsMeant(instant.DateTime) ? instant : null;
    }

    /// <summary>The first and the last year of the calendar stand for "always" and "open", and there is no day before or after them.</summary>
    public static bool IsMeant(DateTime time) => time.Year is > 1 and < 9999;
}
