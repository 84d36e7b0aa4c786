namespace ChwFhir.Api.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
