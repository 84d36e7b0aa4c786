namespace ChwFhir.Intake;

public sealed record ReferralOrganization : PersonRef
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
}
