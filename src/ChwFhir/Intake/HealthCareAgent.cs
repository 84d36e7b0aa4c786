namespace ChwFhir.Intake;

public sealed record HealthCareAgent
{
    public string? Name { get; init; }
    public string? Relationship { get; init; }
    public string? Phone { get; init; }
    public bool? Knows { get; init; }
}
