namespace ChwFhir.Api.Mllp;

/// <summary>What others can cause as often as they like is told in the log once a minute at most, with how often it was.</summary>
internal sealed class OncePerMinute(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _told;
    private int _count;

    /// <summary>Counts one; how many are to be told now, or 0.</summary>
    public int Add()
    {
        lock (_lock)
        {
            _count++;
            return _told is { } told && time.GetElapsedTime(told) < Minute ? 0 : Tell();
        }
    }

    /// <summary>What was not told yet.</summary>
    public int Rest()
    {
        lock (_lock)
            return Tell();
    }

    private int Tell()
    {
        var count = _count;
        (_count, _told) = (0, time.GetTimestamp());
        return count;
    }
}
