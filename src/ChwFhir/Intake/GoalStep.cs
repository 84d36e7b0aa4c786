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

    /// <summary>What it is known by within its goal.</summary>
    public string Name => Id ?? Mapping.Folding.Fold(Text);

    /// <summary>As this note tells it; what it leaves out is as it was told before.</summary>
    public GoalStep After(GoalStep? before) => before is null ? this : this with { SaidStatus = SaidStatus ?? before.SaidStatus, Who = Who ?? before.Who, Due = Due ?? before.Due };
}
