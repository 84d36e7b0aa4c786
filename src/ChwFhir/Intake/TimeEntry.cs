namespace ChwFhir.Intake;

public sealed record TimeEntry
{
    public string? Date { get; init; }
    public required TimeActivity Activity { get; init; }
    /// <summary>Whole minutes.</summary>
    public required int Minutes { get; init; }
    public string? With { get; init; }
    public string? For { get; init; }
    public string? Text { get; init; }
}
