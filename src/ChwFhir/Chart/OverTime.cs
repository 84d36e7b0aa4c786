using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>How a patient's symptoms and measurements went, with the visits and the stays in hospital beside them.</summary>
/// <param name="Stays">Admissions and visits to the emergency department.</param>
/// <param name="Missing">What of the chart could not be read.</param>
public sealed record OverTime(IReadOnlyList<Series> Series, IReadOnlyList<ToldVisit> Visits, IReadOnlyList<HospitalStay> Stays, IReadOnlyList<UnreadPiece> Missing)
{
    /// <param name="ours">System of the identifiers that this service gives.</param>
    public static async Task<OverTime> ReadAsync(ChartReading chart, Task<IReadOnlyList<ToldVisit>> visits, string ours, DateTimeOffset now)
    {
        var (measured, encounters) = (chart.SearchAsync<Observation>(ChartQuestions.Measured), chart.SearchAsync<Encounter>(ChartQuestions.Encounters));
        var (told, found, stays) = (await visits, await measured, await encounters);
        var since = now.AddYears(-1);
        return new OverTime(
            [.. SeriesReader.Read(told, found.Items, ours).Select(series => series with { Points = [.. series.Points.Where(point => point.At > since && point.At <= now.AddDays(1))] }).Where(series => series.Points.Count > 0)],
            [.. told.Where(visit => visit.IsVisit && visit.At > since && visit.At <= now)], HospitalReader.Read(stays.Items, now), [.. found.Missing.Concat(stays.Missing).Distinct()]);
    }

    /// <summary>When a stay began and ended; null where the chart does not say it.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? SpanOf(HospitalStay stay, DateTimeOffset now) =>
        Said.Moment(stay.Start ?? stay.End) is { } start ? (start, Said.Moment(stay.End) is { } end && end > start ? end : stay.End is null && stay.Status == "in-progress" ? now : start) : null;
}
