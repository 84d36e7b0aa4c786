namespace ChwFhir.WriteBack;

/// <summary>How long a note waits after an answer that held it back: doubling, up to a limit.</summary>
internal static class Backoff
{
    public static TimeSpan After(int attempts, WriteBackOptions options)
    {
        var wait = (TimeSpan)options.FirstWait * Math.Pow(2, Math.Min(attempts, 16));
        return wait < options.LongestWait ? wait : options.LongestWait;
    }
}
