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

    /// <summary>As this note tells it; what it leaves out is as it was told before, and so are steps that it does not name.</summary>
    public NoteGoal After(NoteGoal? before) => before is null ? this : this with
    {
        SaidStatus = SaidStatus ?? before.SaidStatus,
        WordsOf = WordsOf ?? before.WordsOf,
        Priority = Priority ?? before.Priority,
        Start = Start ?? before.Start,
        Due = Due ?? before.Due,
        Steps = StepsAfter(before.Steps),
    };

    private IReadOnlyList<GoalStep> StepsAfter(IReadOnlyList<GoalStep> before)
    {
        if (before.Count == 0)
            return Steps;
        var known = before.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var now = Steps.GroupBy(step => step.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        return [.. before.Select(step => now.TryGetValue(step.Name, out var told) ? told.After(step) : step), .. Steps.Where(step => !known.Contains(step.Name))];
    }
}
