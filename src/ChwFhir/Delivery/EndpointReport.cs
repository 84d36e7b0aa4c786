using ChwFhir.Ehr;

namespace ChwFhir.Delivery;

/// <summary>How it stands with one EHR, as this instance sees it.</summary>
public sealed record EndpointReport
{
    /// <summary>What it is called in addresses; stays the same.</summary>
    public required string Name { get; init; }
    /// <summary><c>up</c>, <c>resting</c> (held back until a time), <c>probing</c> (that time is over, nobody has been answered yet) or <c>stopped</c> (by a person).</summary>
    public required string State { get; init; }
    /// <summary>Since when; null while up.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>The worse one of reads and writes: <c>closed</c>, <c>half-open</c> or <c>open</c>.</summary>
    public string Circuit => Reads.Circuit == Writes.Circuit || Writes.Circuit == CircuitReport.Closed || Reads.Circuit == CircuitReport.Open ? Reads.Circuit : Writes.Circuit;
    public required CircuitReport Reads { get; init; }
    public required CircuitReport Writes { get; init; }
    /// <summary>When it last answered anybody; null while it never has since this instance started.</summary>
    public DateTimeOffset? LastAnsweredAt { get; init; }
    /// <summary>Who stopped the writes; null while nobody has.</summary>
    public StopReport? Stopped { get; init; }
    /// <summary>What it was seen to refuse altogether, and until when that is remembered.</summary>
    public IReadOnlyList<NotTaken> NotTaken { get; init; } = [];

    internal static EndpointReport Of(string name, EndpointState state, DateTimeOffset now, IReadOnlyList<NotTaken> notTaken) => new()
    {
        Name = name,
        State = state.Word,
        Since = state.Since,
        Reads = CircuitReport.Of(state.Reads, now),
        Writes = CircuitReport.Of(state.Writes, now),
        LastAnsweredAt = state.AnsweredAt,
        Stopped = state.Stop is { } stop ? new StopReport(stop.By, stop.At, stop.Reason) : null,
        NotTaken = notTaken,
    };
}
