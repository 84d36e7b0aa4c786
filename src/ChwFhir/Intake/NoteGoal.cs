namespace ChwFhir.Intake;

public sealed record NoteGoal
{
    public string? Id { get; init; }
    public required string Text { get; init; }
    public WordsOf? WordsOf { get; init; }
    public int? Priority { get; init; }
    public string? Start { get; init; }
    public string? Due { get; init; }
    public GoalStatus Status { get => SaidStatus ?? GoalStatus.Active; init => SaidStatus = value; }
    /// <summary>Null where the note did not say it: what was said before stays.</summary>
    public GoalStatus? SaidStatus { get; init; }
    public GoalAchievement? Achievement { get; init; }
    /// <summary>Ids or domains of <see cref="VisitNote.Concerns"/>.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
    public IReadOnlyList<GoalStep> Steps { get; init; } = [];
    public TakenOver? FromNarrative { get; init; }
}
