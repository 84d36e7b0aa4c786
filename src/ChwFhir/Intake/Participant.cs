namespace ChwFhir.Intake;

public sealed record Participant : PersonRef
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    /// <summary>Free text, as the family says it: "daughter", "neighbour".</summary>
    public string? Relationship { get; init; }
    public ParticipantRole Role { get; init; } = ParticipantRole.Other;
    public string? Phone { get; init; }
    public MayDiscuss? MayDiscuss { get; init; }
    public bool? LivesHere { get; init; }
}
