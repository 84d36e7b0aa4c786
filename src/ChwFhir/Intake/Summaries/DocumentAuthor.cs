namespace ChwFhir.Intake.Summaries;

public sealed record DocumentAuthor
{
    public string? Reference { get; init; }
    public IReadOnlyList<PersonIdentifier> Identifiers { get; init; } = [];
    public string? Name { get; init; }
    public string? Organization { get; init; }
    public string? Phone { get; init; }
}
