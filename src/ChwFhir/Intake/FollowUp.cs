namespace ChwFhir.Intake;

public sealed record FollowUp
{
    public string? NextVisit { get; init; }
    public string? Text { get; init; }
    /// <summary>For the CHW team only, prefilled next time; never in the chart.</summary>
    public IReadOnlyList<string> Ask { get; init; } = [];
    public TakenOver? FromNarrative { get; init; }
}
