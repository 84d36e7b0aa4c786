namespace ChwFhir.Intake;

public sealed record NoteProgramme
{
    public required string Id { get; init; }
    public string? Name { get; init; }
    public string? Start { get; init; }
    public string? End { get; init; }
    /// <summary>Free word for the programme's model, such as <c>chi</c> or <c>pin</c>.</summary>
    public string? Model { get; init; }
    public PersonRef? BillingPractitioner { get; init; }
    public InitiatingVisit? InitiatingVisit { get; init; }
}
