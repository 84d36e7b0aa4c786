namespace ChwFhir.Intake;

public sealed record Insight
{
    /// <summary>At most 200 characters.</summary>
    public required string Text { get; init; }
    public bool Quote { get; init; }
    public ReportedBy? By { get; init; }
}
