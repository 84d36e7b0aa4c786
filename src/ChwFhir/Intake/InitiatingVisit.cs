namespace ChwFhir.Intake;

public sealed record InitiatingVisit
{
    public string? Date { get; init; }
    public string? Reference { get; init; }
}
