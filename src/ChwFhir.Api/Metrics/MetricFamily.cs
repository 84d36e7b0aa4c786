using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;

namespace ChwFhir.Api.Metrics;

/// <summary>All series of one metric name.</summary>
internal sealed class MetricFamily(string name, MetricKind kind, Taking taking, string help, double[] bounds)
{
    private const int MostSeries = 1_000;
    private const string Overflow = "overflow=\"true\"";

    [ThreadStatic]
    private static ArrayBufferWriter<char>? _labels;

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => name;
    public MetricKind Kind => kind;
    public string Help => help;
    public double[] Bounds => bounds;

    public IEnumerable<(string Labels, MetricSeries Series)> At(int scrape) =>
        from pair in _series
        where taking is not Taking.Observed || pair.Value.SeenAt == scrape
        orderby pair.Key
        select (pair.Key, pair.Value);

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, int scrape)
    {
        var series = SeriesOf(tags);
        switch (taking)
        {
            case Taking.Added: series.Add(value); break;
            case Taking.Bucketed: series.Record(value); break;
            default: series.Set(value, scrape); break;
        }
    }

    // The label text is the key; looked up as a span, so that a measurement under known labels allocates nothing.
    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = _labels ??= new ArrayBufferWriter<char>(256);
        labels.ResetWrittenCount();
        foreach (var tag in tags)
        {
            if (tag.Value is null)
                continue;
            if (labels.WrittenCount > 0)
                labels.Write(",");
            PrometheusText.WriteLabel(labels, tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture));
        }

        var lookup = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(labels.WrittenSpan, out var known))
            return known;
        // Labels without bound would fill the memory: past the limit they share one line.
        var key = _series.Count < MostSeries ? new string(labels.WrittenSpan) : Overflow;
        return _series.GetOrAdd(key, static (_, edges) => new MetricSeries(edges), bounds);
    }
}
