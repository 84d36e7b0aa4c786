namespace ChwFhir.SmartApp.Live;

/// <summary>How many pages are told of changes at once: a session has a few open, and the service bears so many.</summary>
internal sealed class EventStreams
{
    private const int MostOfSession = 6;
    private const int MostOfAll = 500;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int all;

    /// <returns>To be disposed when the stream ends; null when there are as many already.</returns>
    public IDisposable? Enter(string session)
    {
        lock (gate)
        {
            var have = open.GetValueOrDefault(session);
            if (have >= MostOfSession || all >= MostOfAll)
                return null;
            open[session] = have + 1;
            all++;
            return new Place(this, session);
        }
    }

    private void Leave(string session)
    {
        lock (gate)
        {
            all--;
            if (--open[session] == 0)
                open.Remove(session);
        }
    }

    private sealed class Place(EventStreams streams, string session) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                streams.Leave(session);
        }
    }
}
