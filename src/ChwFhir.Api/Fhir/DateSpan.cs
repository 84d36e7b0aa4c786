using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>What a FHIR date, partial or not, or a Period spans: from its beginning to just before its end.</summary>
internal readonly record struct DateSpan(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly (string Format, Func<DateTimeOffset, DateTimeOffset> Next)[] Forms =
    [
        ("yyyy", from => from.AddYears(1)),
        ("yyyy-MM", from => from.AddMonths(1)),
        ("yyyy-MM-dd", from => from.AddDays(1)),
        ("yyyy-MM-dd'T'HH:mm", from => from.AddMinutes(1)),
        ("yyyy-MM-dd'T'HH:mmK", from => from.AddMinutes(1)),
        ("yyyy-MM-dd'T'HH:mm:ss", from => from.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ssK", from => from.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", from => from.AddTicks(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", from => from.AddTicks(1)),
    ];

    public static bool TryRead(string? text, out DateSpan span)
    {
        foreach (var (format, next) in Forms)
        {
            // What names no zone is the day of whoever wrote it; compared, it counts as UTC.
            if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) && from.Year < 9999)
            {
                span = new DateSpan(from, next(from).AddTicks(-1));
                return true;
            }
        }
        span = default;
        return false;
    }

    /// <summary>Null when it is no date that can be compared.</summary>
    public static DateSpan? Of(JsonNode value)
    {
        if (ElementPath.Text(value) is { } text)
            return TryRead(text, out var span) ? span : null;
        if (value is not JsonObject period || (period["start"] is null && period["end"] is null))
            return null;
        var from = TryRead(ElementPath.Text(period["start"]), out var start) ? start.From : DateTimeOffset.MinValue;
        return new DateSpan(from, TryRead(ElementPath.Text(period["end"]), out var end) ? end.To : DateTimeOffset.MaxValue);
    }

    /// <param name="prefix">R4, 3.1.1.4.5: what this, the resource's, has to be to the one that was asked for.</param>
    public bool Is(string prefix, DateSpan asked) => prefix switch
    {
        "ne" => !IsWithin(asked),
        "gt" => To > asked.To,
        "ge" => To > asked.To || IsWithin(asked),
        "lt" => From < asked.From,
        "le" => From < asked.From || IsWithin(asked),
        "sa" => From > asked.To,
        "eb" => To < asked.From,
        "ap" => From <= asked.To && To >= asked.From,
        _ => IsWithin(asked),
    };

    private bool IsWithin(DateSpan asked) => From >= asked.From && To <= asked.To;
}
