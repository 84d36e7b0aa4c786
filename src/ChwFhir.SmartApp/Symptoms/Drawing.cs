using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>
/// One series as SVG. Places across are percents and heights are pixels, so that it fits any width and no line or letter is stretched. Told apart without colour: filled
/// points are of visits, hollow ones of the chart. Pure.
/// </summary>
internal static class Drawing
{
    public const int Height = 64;
    private const double Most = Height - 8, Least = 8;

    public static string Of(Series series, Scale scale, TimeAxis axis, OverTime told, DateTimeOffset now, Wording words)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"plot\" width=\"100%\" height=\"{Height}\" role=\"img\" aria-label=\"{Encode(Described(series, now, words))}\">");
        if (scale is { From: { } from, To: { } to })
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"band\" x=\"0\" width=\"100%\" y=\"{Y(scale, to)}\" height=\"{Round(Down(scale, from) - Down(scale, to))}\"/>");
        Marks(svg, axis, told, now);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"ground\" x1=\"0\" x2=\"100%\" y1=\"{Most}\" y2=\"{Most}\"/>");
        // Two lines, one above the other, would make a box of what belongs together by its time.
        if (series.Kind != SeriesKinds.BloodPressure)
            Line(svg, series.Points);
        foreach (var point in series.Points)
        {
            var title = Encode($"{When.Day(point.At, now, words)}: {Values.Of(series.Kind, point, words)}, {Values.Source(point, words)}");
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(point.IsFromChart ? "point chart" : "point")}\"><title>{title}</title>");
            Point(svg, axis, scale, point, point.Value);
            if (point.Second is { } second)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<line class=\"went\" x1=\"{X(axis, point.At)}\" x2=\"{X(axis, point.At)}\" y1=\"{Y(scale, point.Value)}\" y2=\"{Y(scale, second)}\"/>");
                Point(svg, axis, scale, point, second);
            }
            svg.Append("</g>");
        }
        return svg.Append("</svg>").ToString();

        void Line(StringBuilder into, IReadOnlyList<SeriesPoint> points)
        {
            for (var at = 1; at < points.Count; at++)
                into.Append(CultureInfo.InvariantCulture, $"<line class=\"went\" x1=\"{X(axis, points[at - 1].At)}\" y1=\"{Y(scale, points[at - 1].Value)}\" x2=\"{X(axis, points[at].At)}\" y2=\"{Y(scale, points[at].Value)}\"/>");
        }
    }

    /// <summary>The axis that all share, with the names of the months.</summary>
    public static string Axis(TimeAxis axis, OverTime told, DateTimeOffset now, Wording words)
    {
        var svg = new StringBuilder("<svg class=\"plot axis\" width=\"100%\" height=\"40\" aria-hidden=\"true\">");
        Marks(svg, axis, told, now, 16);
        svg.Append("<line class=\"ground\" x1=\"0\" x2=\"100%\" y1=\"16\" y2=\"16\"/>");
        foreach (var month in axis.Months())
        {
            var place = axis.Place(month);
            var anchor = place > 0.94 ? "end" : place < 0.03 ? "start" : "middle";
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"ground\" x1=\"{X(axis, month)}\" x2=\"{X(axis, month)}\" y1=\"16\" y2=\"20\"/><text x=\"{X(axis, month)}\" y=\"34\" text-anchor=\"{anchor}\">{Encode(words.Of("month", $"{month.Month}"))}{(month.Month == 1 ? $" {month.Year}" : "")}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>What somebody hears who does not see it.</summary>
    public static string Described(Series series, DateTimeOffset now, Wording words) =>
        $"{Values.Name(series.Kind, words)}: {string.Join("; ", series.Points.TakeLast(8).Select(point => $"{When.Day(point.At, now, words)} {Values.Of(series.Kind, point, words)}"))}";

    // Stays lie behind, visits stand on the ground.
    private static void Marks(StringBuilder svg, TimeAxis axis, OverTime told, DateTimeOffset now, double ground = Most)
    {
        foreach (var stay in told.Stays)
        {
            if (OverTime.SpanOf(stay, now) is not { } span || span.End < axis.Start)
                continue;
            var (start, end) = (axis.Place(span.Start), axis.Place(span.End));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"stay\" x=\"{Percent(start)}\" width=\"{Percent(Math.Max(end - start, 0.006))}\" y=\"0\" height=\"{ground}\"/>");
        }
        foreach (var visit in told.Visits)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"visit\" x1=\"{X(axis, visit.At)}\" x2=\"{X(axis, visit.At)}\" y1=\"{ground - 5}\" y2=\"{ground}\"/>");
    }

    private static void Point(StringBuilder svg, TimeAxis axis, Scale scale, SeriesPoint point, decimal value) =>
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(axis, point.At)}\" cy=\"{Y(scale, value)}\" r=\"4\"/>");

    private static string X(TimeAxis axis, DateTimeOffset at) => Percent(axis.Place(at));

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.##}%");

    private static string Y(Scale scale, decimal value) => Round(Down(scale, value));

    private static string Round(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static double Down(Scale scale, decimal value) => Least + ((Most - Least) * (double)scale.Place(value));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
