namespace ChwFhir.Queue;

/// <summary>What a person decided.</summary>
/// <param name="Key">The resource; <c>encounter</c> for the encounter to use, <c>patient</c> for the chart.</param>
/// <param name="Reference">Where it stands in the EHR: <c>Type/id</c>; for <see cref="DecisionWord.UseEncounter"/> the encounter.</param>
/// <param name="By">As the caller's token names them.</param>
public sealed record Decision(string Key, DecisionWord Word, string? Reference, string? Reason, string By)
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The EHR has shown that it cannot be so.</summary>
    public bool Void { get; init; }
}
