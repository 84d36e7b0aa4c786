namespace ChwFhir.Journeys;

/// <summary>The machine's clock, put forward by the test; whoever sleeps sleeps as long as ever.</summary>
internal sealed class ClockAhead : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));
}
