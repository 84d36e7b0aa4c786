namespace ChwFhir.Intake;

public sealed record NoteMessage
{
    public string? Id { get; init; }
    /// <summary>Words of the contract (<c>care-team</c>, <c>pcp</c>, …) or FHIR references.</summary>
    public required IReadOnlyList<string> To { get; init; }
    public Urgency Urgency { get; init; } = Urgency.Routine;
    public MessageTopic? Topic { get; init; }
    public required string Text { get; init; }
    /// <summary>Keys of this note's parts: <c>symptom/pain</c>, <c>concern/food</c>, <c>goal/garden</c>.</summary>
    public IReadOnlyList<string> About { get; init; } = [];
    public bool NeedsReply { get; init; }
    public Callback? Callback { get; init; }
    public Hold? Hold { get; init; }
}
