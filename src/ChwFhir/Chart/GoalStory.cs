using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>A goal with its steps over the visits.</summary>
/// <param name="Steps">Each as the last visit that spoke of it has it, in the order in which they were first named.</param>
public sealed record GoalStory(string Key, NoteGoal Last, string? Language, IReadOnlyList<StepStory> Steps, IReadOnlyList<GoalPoint> Points, string? Reference)
{
    public bool IsOpen => Last.Status is not (GoalStatus.Completed or GoalStatus.Cancelled or GoalStatus.Rejected or GoalStatus.EnteredInError);

    public IEnumerable<StepStory> Counted => Steps.Where(step => step.Last.Status is not (StepStatus.Cancelled or StepStatus.EnteredInError));

    public int Done => Counted.Count(step => step.Last.Status == StepStatus.Completed);

    /// <summary>What comes next: what is begun, else what is due first.</summary>
    public StepStory? Next => Counted.Where(step => step.Last.Status is not (StepStatus.Completed or StepStatus.Stopped))
        .OrderBy(step => step.Last.Status == StepStatus.InProgress ? 0 : 1).ThenBy(step => step.Last.Due ?? "9", StringComparer.Ordinal).FirstOrDefault();
}
