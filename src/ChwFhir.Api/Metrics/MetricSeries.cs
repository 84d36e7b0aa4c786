namespace ChwFhir.Api.Metrics;

/// <summary>One line of a family (or one histogram): the values under one set of labels.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;
    private long _count;

    /// <summary>The scrape that last saw an observed value: what an instrument no longer reports is no longer shown.</summary>
    public int SeenAt { get; private set; }

    public void Add(double value)
    {
        lock (_gate)
            _sum += value;
    }

    public void Set(double value, int scrape)
    {
        lock (_gate)
        {
            _sum = value;
            SeenAt = scrape;
        }
    }

    public void Record(double value)
    {
        var bucket = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            _buckets[bucket >= 0 ? bucket : ~bucket]++;
            _sum += value;
            _count++;
        }
    }

    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_gate)
            return (_sum, _count, (long[])_buckets.Clone());
    }
}
