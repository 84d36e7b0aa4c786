namespace ChwFhir.Intake;

public sealed record Referral
{
    public string? Id { get; init; }
    /// <summary>Free text; known words are coded.</summary>
    public required string Service { get; init; }
    public ReferralOrganization? Organization { get; init; }
    /// <summary>Id or domain of a concern of this note.</summary>
    public string? Reason { get; init; }
    public Urgency Urgency { get => SaidUrgency ?? Urgency.Routine; init => SaidUrgency = value; }
    /// <summary>Null where the note did not say it: what was said before stays.</summary>
    public Urgency? SaidUrgency { get; init; }
    public ReferralStatus Status { get => SaidStatus ?? ReferralStatus.Requested; init => SaidStatus = value; }
    /// <summary>Null where the note did not say it: what was said before stays.</summary>
    public ReferralStatus? SaidStatus { get; init; }
    public string? Text { get; init; }
}
