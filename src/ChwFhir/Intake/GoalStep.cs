namespace ChwFhir.Intake;

public sealed record GoalStep
{
    public string? Id { get; init; }
    public required string Text { get; init; }
    public StepPerformer? Who { get; init; }
    public string? Due { get; init; }
    public StepStatus Status { get => SaidStatus ?? StepStatus.NotStarted; init => SaidStatus = value; }
    /// <summary>Null where the note did not say it: what was said before stays.</summary>
    public StepStatus? SaidStatus { get; init; }
}
