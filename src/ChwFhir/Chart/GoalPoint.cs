using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>Where a goal stood at a visit.</summary>
/// <param name="Done">Steps that were done by then, of <paramref name="Steps"/> that were named by then.</param>
public sealed record GoalPoint(DateTimeOffset At, string Note, GoalStatus Status, GoalAchievement? Achievement, int Done, int Steps);
