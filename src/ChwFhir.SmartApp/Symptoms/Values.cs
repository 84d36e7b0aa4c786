using System.Globalization;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>Values and their names as people read them.</summary>
internal static class Values
{
    public static string Name(string kind, Wording words) => words.Of(SeriesKinds.IsSymptom(kind) ? "symptom" : "series", kind);

    public static string Of(string kind, SeriesPoint point, Wording words) => kind switch
    {
        SeriesKinds.Food => words[point.Value > 0 ? "series.food.risk" : "series.food.none"],
        SeriesKinds.Weight => words.Say("series.kg", Number(point.Value)),
        SeriesKinds.BloodPressure => $"{Number(point.Value)}/{(point.Second is { } second ? Number(second) : "?")}",
        SeriesKinds.Phq9 => words.Say("series.of", Number(point.Value), 27),
        SeriesKinds.Phq2 => words.Say("series.of", Number(point.Value), 6),
        _ => words.Say("series.of", Number(point.Value), 10),
    };

    /// <summary>What stands out in it; empty where nothing does.</summary>
    public static string Band(string kind, Scale scale, Wording words) => kind switch
    {
        SeriesKinds.Food => words["series.band.food"],
        _ when scale.From is { } from => words.Say("series.band", Number(from)),
        _ => words.Say("series.range", Number(scale.Least), Number(scale.Most)),
    };

    /// <summary>How it went since the value before.</summary>
    public static string? Since(Series series, Wording words)
    {
        if (series.Points.Count < 2 || series.Kind is SeriesKinds.Food or SeriesKinds.BloodPressure)
            return null;
        var by = series.Points[^1].Value - series.Points[^2].Value;
        return by == 0 ? words["series.same"] : words.Say(by > 0 ? "series.up" : "series.down", Number(Math.Abs(by)));
    }

    public static string Source(SeriesPoint point, Wording words) => words[point.IsFromChart ? "series.chart" : "series.visit"];

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
