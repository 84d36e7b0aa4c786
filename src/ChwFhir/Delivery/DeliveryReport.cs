namespace ChwFhir.Delivery;

/// <summary>How it stands with the notes on their way: what a supervisor's desk shows. No patient, no text of a note.</summary>
public sealed record DeliveryReport
{
    public required DateTimeOffset At { get; init; }
    /// <summary>Notes of the present EHR, by state.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }
    /// <summary>Receipt of the oldest note that is queued or being written; null when none waits.</summary>
    public DateTimeOffset? OldestWaiting { get; init; }
    /// <summary>How long that is ago, in whole minutes.</summary>
    public int? OldestWaitingMinutes { get; init; }
    public required UnknownReport Unknown { get; init; }
    /// <summary>Why notes need a person, most frequent first; a note with several reasons stands under each.</summary>
    public required IReadOnlyList<AttentionReport> NeedsAttention { get; init; }
    public required MessagesReport Messages { get; init; }
    /// <summary>What is left for the records office to take out of the EHR.</summary>
    public required RemovalsReport Removals { get; init; }
    /// <summary>The EHR that notes are written to.</summary>
    public required IReadOnlyList<EndpointReport> Endpoints { get; init; }
    /// <summary>Other EHRs whose notes wait here from when <c>Ehr__BaseUrl</c> named them; nothing of them is sent to the present one.</summary>
    public required IReadOnlyList<OtherEhrReport> OtherEhrs { get; init; }
    public required WorkReport Work { get; init; }
}
