using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>How symptoms, scores and measurements went: of our notes and of the chart's Observations, each value once. Pure.</summary>
public static class SeriesReader
{
    /// <summary>LA codes of LOINC 88124-3: at risk, no risk.</summary>
    private const string AtRisk = "LA19952-3", NoRisk = "LA19983-8";

    /// <param name="ours">System of the identifiers that this service gives.</param>
    public static IReadOnlyList<Series> Read(IReadOnlyList<ToldVisit> visits, IReadOnlyList<Observation> observations, string ours)
    {
        List<(string Kind, SeriesPoint Point)> told = [.. visits.OrderBy(visit => visit.At).ThenBy(visit => visit.Stored.Number).SelectMany(visit => visit.Scores.Select(score => (score.Kind, OfNote(visit, score))))];
        var written = visits.SelectMany(visit => visit.Stored.Resources).Where(row => row is { Type: "Observation", Reference: not null }).Select(row => row.Reference!).ToHashSet(StringComparer.Ordinal);
        var notes = visits.Select(visit => visit.Stored.Id).ToHashSet(StringComparer.Ordinal);
        var inChart = observations.Where(one => IsMeant(one) && !written.Contains($"Observation/{one.Id}") && !one.Identifier.Any(identifier => identifier.System == ours && IsOf(identifier.Value, notes)))
            .SelectMany(OfChart)
            // A server that keeps no identifier of ours gives it back under its own name: the same value of the same day is the same.
            .Where(one => !told.Any(other => other.Kind == one.Kind && other.Point.Value == one.Point.Value && other.Point.Second == one.Point.Second && other.Point.At.Date == one.Point.At.ToOffset(other.Point.At.Offset).Date))
            .ToList();
        return
        [
            .. told.Concat(inChart).GroupBy(one => one.Kind).OrderBy(group => Place(group.Key))
                .Select(group => new Series(group.Key, [.. group.Select(one => one.Point).DistinctBy(point => (point.At, point.Value, point.Second)).OrderBy(point => point.At)])),
        ];
    }

    private static int Place(string kind)
    {
        for (var place = 0; place < SeriesKinds.InOrder.Count; place++)
        {
            if (SeriesKinds.InOrder[place] == kind)
                return place;
        }
        return int.MaxValue;
    }

    private static SeriesPoint OfNote(ToldVisit visit, SeriesValue score)
    {
        var own = PartialDate.TryParse(score.Date, out _) && score.Date!.Length >= 10 ? score.Date : null;
        // A day alone is that day where the visit was.
        var at = own is { Length: 10 } && own != visit.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ? new DateTimeOffset(DateTime.Parse(own, System.Globalization.CultureInfo.InvariantCulture).AddHours(12), visit.At.Offset)
            : own is { Length: > 10 } ? Said.Moment(own) ?? visit.At : visit.At;
        return new SeriesPoint(at, own is not { Length: 10 }, score.Value, score.Second, Said.Clean(visit.Said.Author.Name), visit.Source);
    }

    private static bool IsMeant(Observation one) => one.Status is not (ObservationStatus.Cancelled or ObservationStatus.EnteredInError or ObservationStatus.Registered or ObservationStatus.Unknown);

    private static bool IsOf(string? identifier, HashSet<string> notes) => identifier?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && notes.Contains(identifier[..slash]);

    private static IEnumerable<(string Kind, SeriesPoint Point)> OfChart(Observation one)
    {
        var date = Said.Date(one.Effective) ?? Said.Stamp(one.Issued);
        if (date is not { Length: >= 10 } || (date.Length == 10 ? Said.Moment(date)?.AddHours(12) : Said.Moment(date)) is not { } at
            || one.Code?.Coding.Select(coding => SeriesKinds.OfCode(coding.System, coding.Code)).FirstOrDefault(kind => kind is not null) is not { } kind)
            yield break;

        var source = Said.Chart(one, date);
        var by = one.Performer.Select(performer => Said.Clean(performer.Display)).FirstOrDefault(name => name is not null);
        SeriesPoint Point(decimal value, decimal? second = null) => new(at, date.Length > 10, value, second, by, source);
        switch (kind)
        {
            case SeriesKinds.BloodPressure when Component(one, SeriesKinds.Systolic) is { } systolic && Component(one, SeriesKinds.Diastolic) is { } diastolic:
                yield return (kind, Point(systolic, diastolic));
                break;
            case SeriesKinds.Weight when one.Value is Quantity { Value: { } weight } quantity && SeriesKinds.Kilograms(weight, quantity.Code ?? Unit(quantity.Unit)) is { } kilograms:
                yield return (kind, Point(kilograms));
                break;
            case SeriesKinds.Food when (one.Value as CodeableConcept)?.Coding.Select(coding => coding.Code).FirstOrDefault(code => code is AtRisk or NoRisk) is { } risk:
                yield return (kind, Point(risk == AtRisk ? 1 : 0));
                break;
            case SeriesKinds.BloodPressure or SeriesKinds.Weight or SeriesKinds.Food:
                break;
            default:
                if (Number(one.Value) is { } score)
                    yield return (kind, Point(score));
                break;
        }
    }

    private static decimal? Component(Observation one, string code) =>
        one.Component.Where(part => part.Code?.Coding.Any(coding => coding is { System: Said.Loinc } && coding.Code == code) is true).Select(part => (part.Value as Quantity)?.Value).FirstOrDefault(value => value is not null);

    private static decimal? Number(DataType? value) => value switch
    {
        Quantity { Value: { } number } => number,
        Integer { Value: { } whole } => whole,
        _ => null,
    };

    private static string? Unit(string? unit) => unit?.Trim().ToLowerInvariant() switch { "kg" => "kg", "g" => "g", "lb" or "lbs" or "lb_av" => "[lb_av]", _ => null };
}
