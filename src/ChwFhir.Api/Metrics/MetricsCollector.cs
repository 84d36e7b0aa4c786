using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace ChwFhir.Api.Metrics;

/// <summary>
/// Listens to the process's instruments and keeps what they said until somebody asks. Heard are our own meters and those of the framework
/// whose labels are bounded and free of paths, ids and names.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly string[] HeardMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scraping = new();
    private int _scrape;

    /// <param name="meters">The host's own meters: those of another host in the same process (the sandbox) are not ours.</param>
    public MetricsCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsHeard(instrument.Meter, meters))
                listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        Hear<byte>(value => value);
        Hear<short>(value => value);
        Hear<int>(value => value);
        Hear<long>(value => value);
        Hear<float>(value => value);
        Hear<double>(value => value);
        Hear<decimal>(value => (double)value);
        _listener.Start();
    }

    public void WriteTo(StringBuilder output)
    {
        lock (_scraping)
        {
            _scrape++;
            _listener.RecordObservableInstruments();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                PrometheusText.WriteFamily(output, family, _scrape);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsHeard(Meter meter, IMeterFactory ours) =>
        (meter.Scope is null || ReferenceEquals(meter.Scope, ours))
        && (meter.Name.StartsWith("ChwFhir", StringComparison.Ordinal) || HeardMeters.Contains(meter.Name, StringComparer.Ordinal));

    private void Hear<T>(Func<T, double> number) where T : struct =>
        _listener.SetMeasurementEventCallback<T>((instrument, value, tags, state) =>
            ((MetricFamily)state!).Measure(number(value), tags, _scrape));

    private MetricFamily FamilyOf(Instrument instrument)
    {
        var (kind, taking) = instrument.GetType().Name switch
        {
            "Counter`1" => (MetricKind.Counter, Taking.Added),
            "ObservableCounter`1" => (MetricKind.Counter, Taking.Observed),
            "Histogram`1" => (MetricKind.Histogram, Taking.Bucketed),
            "UpDownCounter`1" => (MetricKind.Gauge, Taking.Added),
            "Gauge`1" => (MetricKind.Gauge, Taking.Replaced),
            _ => (MetricKind.Gauge, Taking.Observed),
        };
        return _families.GetOrAdd(
            PrometheusText.Name(instrument.Name, instrument.Unit, kind),
            name => new MetricFamily(name, kind, taking, instrument.Description ?? instrument.Name, kind is MetricKind.Histogram ? BoundsOf(instrument) : []));
    }

    private static double[] BoundsOf(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries,
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(edge => (double)edge).ToArray(),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(edge => (double)edge).ToArray(),
            _ => null,
        };
        return advised is { Count: > 0 } ? [.. advised] : DefaultBounds;
    }
}
