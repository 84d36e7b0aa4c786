namespace ChwFhir.Intake;

public sealed record Referral
{
    public string? Id { get; init; }
    /// <summary>Free text; known words are coded.</summary>
    public required string Service { get; init; }
    public ReferralOrganization? Organization { get; init; }
    /// <summary>Id or domain of a concern of this note.</summary>
    public string? Reason { get; init; }
    public Urgency Urgency { get; init; } = Urgency.Routine;
    public ReferralStatus Status { get; init; } = ReferralStatus.Requested;
    public string? Text { get; init; }
}
