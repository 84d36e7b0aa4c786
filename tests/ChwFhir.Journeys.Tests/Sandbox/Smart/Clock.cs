namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

/// <summary>The real time, moved ahead by hand.</summary>
internal sealed class Clock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Pass(TimeSpan time) => ahead += time;
}
