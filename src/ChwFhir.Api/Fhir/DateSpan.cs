using System.Text.Json.Nodes;
using ChwFhir.Fhir;

namespace ChwFhir.Api.Fhir;

/// <summary>What a FHIR date, partial or not, or a Period spans.</summary>
/// <param name="Start">Null: nobody knows since when.</param>
/// <param name="End">Null: it goes on.</param>
internal readonly record struct DateSpan(PartialDate? Start, PartialDate? End)
{
    // Where the date has no time it needs no offset; a time without one counts as UTC.
    public static bool TryRead(string? text, out PartialDate date) =>
        PartialDate.TryParse(text is { Length: > 10 } && text[^1] != 'Z' && text.AsSpan(10).IndexOfAny('+', '-') < 0 ? text + "Z" : text, out date);

    /// <summary>Null when it is no date that can be compared.</summary>
    public static DateSpan? Of(JsonNode value)
    {
        if (ElementPath.Text(value) is { } text)
            return TryRead(text, out var date) ? new DateSpan(date, date) : null;
        return value is JsonObject period && (period["start"] ?? period["end"]) is not null ? new DateSpan(Read(period["start"]), Read(period["end"])) : null;
    }

    /// <summary>By which it is sorted: its beginning.</summary>
    public DateTimeOffset From => Start?.In(Offset).From ?? DateTimeOffset.MinValue;

    /// <param name="prefix">R4, 3.1.1.4.5: what this, the resource's, has to be to the one that was asked for.</param>
    /// <param name="asked">A day without an offset is the day of whoever wrote the resource: a visit of an evening in New York is of that day, though it is tomorrow by UTC.</param>
    public bool Is(string prefix, PartialDate asked)
    {
        var (askedFrom, askedTo) = asked.In(Offset);
        var other = asked.Offset ?? Offset;
        var (from, to) = (Start?.In(other).From ?? DateTimeOffset.MinValue, End?.In(other).To ?? DateTimeOffset.MaxValue);
        var isWithin = from >= askedFrom && to <= askedTo;
        return prefix switch
        {
            "ne" => !isWithin,
            "gt" => to > askedTo,
            "ge" => to > askedTo || isWithin,
            "lt" => from < askedFrom,
            "le" => from < askedFrom || isWithin,
            "sa" => from >= askedTo,
            "eb" => to <= askedFrom,
            "ap" => from < askedTo && to > askedFrom,
            _ => isWithin,
        };
    }

    private TimeSpan Offset => Start?.Offset ?? End?.Offset ?? TimeSpan.Zero;

    private static PartialDate? Read(JsonNode? node) => TryRead(ElementPath.Text(node), out var date) ? date : null;
}
