namespace ChwFhir.Intake;

public sealed record GoalStep
{
    public string? Id { get; init; }
    public required string Text { get; init; }
    public StepPerformer? Who { get; init; }
    public string? Due { get; init; }
    public StepStatus Status { get; init; } = StepStatus.NotStarted;
}
