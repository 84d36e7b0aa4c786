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

    /// <summary>As this note tells it; what it leaves out is as it was told before.</summary>
    public Referral After(Referral? before) => before is null ? this : this with
    {
        SaidStatus = SaidStatus ?? before.SaidStatus,
        SaidUrgency = SaidUrgency ?? before.SaidUrgency,
        Organization = Organization ?? before.Organization,
        Reason = Reason ?? before.Reason,
    };
}
