using System.Buffers;
using System.Globalization;
using System.Text;

namespace ChwFhir.Api.Metrics;

/// <summary>The Prometheus text exposition format, version 0.0.4.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary><c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c>.</summary>
    public static string Name(string instrument, string? unit, MetricKind kind)
    {
        var name = Word(instrument);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
            name += suffix;
        return kind is MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static void WriteLabel(IBufferWriter<char> output, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name is "le")
            output.Write("_");
        foreach (var letter in name)
            output.Write([IsWordLetter(letter) ? letter : '_']);
        output.Write("=\"");
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '\\': output.Write(@"\\"); break;
                case '"': output.Write("\\\""); break;
                case '\n': output.Write(@"\n"); break;
                default: output.Write([letter]); break;
            }
        }
        output.Write("\"");
    }

    public static void WriteFamily(StringBuilder output, MetricFamily family, int scrape)
    {
        var headed = false;
        foreach (var (labels, series) in family.At(scrape))
        {
            if (!headed)
                WriteHead(output, family.Name, family.Kind, family.Help);
            headed = true;
            var (sum, count, buckets) = series.Read();
            if (family.Kind is MetricKind.Histogram)
                WriteHistogram(output, family, labels, sum, count, buckets);
            else
                WriteSample(output, family.Name, labels, sum);
        }
    }

    public static void WriteHead(StringBuilder output, string name, MetricKind kind, string help)
    {
        output.Append("# HELP ").Append(name).Append(' ').Append(help.Replace(@"\", @"\\").Replace("\n", @"\n")).Append('\n');
        output.Append("# TYPE ").Append(name).Append(' ').Append(kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
    }

    public static void WriteSample(StringBuilder output, string name, string labels, double value)
    {
        output.Append(name);
        if (labels.Length > 0)
            output.Append('{').Append(labels).Append('}');
        output.Append(' ').Append(Number(value)).Append('\n');
    }

    private static void WriteHistogram(StringBuilder output, MetricFamily family, string labels, double sum, long count, long[] buckets)
    {
        var before = labels.Length > 0 ? labels + "," : "";
        long under = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            under += buckets[i];
            var edge = i < family.Bounds.Length ? family.Bounds[i] : double.PositiveInfinity;
            WriteSample(output, family.Name + "_bucket", $"{before}le=\"{Number(edge)}\"", under);
        }
        WriteSample(output, family.Name + "_sum", labels, sum);
        WriteSample(output, family.Name + "_count", labels, count);
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Word(string text)
    {
        var word = string.Concat(text.Select(letter => IsWordLetter(letter) ? letter : '_'));
        return word.Length == 0 || char.IsAsciiDigit(word[0]) ? "_" + word : word;
    }

    private static bool IsWordLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
