using ChwFhir.Chart;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>From where to where a series is drawn, and which part of that stands out.</summary>
/// <param name="From">Of the band of values that stand out, up to <paramref name="To"/>; null: none does.</param>
internal sealed record Scale(decimal Least, decimal Most, decimal? From = null, decimal? To = null)
{
    // Bands: the score that the default red flags begin with; PHQ-2 and PHQ-9 by their authors' cut-offs; distress by NCCN's; blood pressure from stage 2 (ACC/AHA 2017).
    public static Scale Of(Series series) => series.Kind switch
    {
        SeriesKinds.Phq9 => new(0, 27, 10, 27),
        SeriesKinds.Phq2 => new(0, 6, 3, 6),
        SeriesKinds.Distress => new(0, 10, 4, 10),
        SeriesKinds.Food => new(0, 1, 0.5m, 1),
        SeriesKinds.BloodPressure => Around(series, 10) is var scale ? new(Math.Min(scale.Least, 60), Math.Max(scale.Most, 150), 140, Math.Max(scale.Most, 150)) : null!,
        SeriesKinds.Weight => Around(series, 2),
        _ => new(0, 10, 7, 10),
    };

    /// <summary>0 at the top, 1 at the bottom.</summary>
    public decimal Place(decimal value) => Most == Least ? 0.5m : 1 - ((Math.Clamp(value, Least, Most) - Least) / (Most - Least));

    private static Scale Around(Series series, decimal step)
    {
        var values = series.Points.SelectMany(point => new[] { point.Value, point.Second ?? point.Value }).ToList();
        var (least, most) = (Math.Floor(values.Min() / step) * step, Math.Ceiling(values.Max() / step) * step);
        return new Scale(least == most ? least - step : least, least == most ? most + step : most);
    }
}
