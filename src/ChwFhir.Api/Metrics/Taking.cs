namespace ChwFhir.Api.Metrics;

/// <summary>What a measurement does to its series.</summary>
internal enum Taking
{
    Added,
    Replaced,
    /// <summary>Asked for at each scrape: a series that was not reported is gone.</summary>
    Observed,
    Bucketed,
}
