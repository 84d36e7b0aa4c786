namespace ChwFhir.Queue;

/// <summary>The store cannot take it now (too many waiting, disk full, disk error). Nothing of the call was kept; trying later is safe.</summary>
public sealed class StoreUnavailableException(string message, TimeSpan retryAfter, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
