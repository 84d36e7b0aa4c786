namespace ChwFhir.Tests.Chart;

/// <summary>What time it is, the test says; waits are real, so that a second try of the client comes by itself.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    public void Advance(TimeSpan by) => now += by;
}
