using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <param name="Text">Its words; an instruction that only a clinician could give stands as a question.</param>
/// <param name="At">The visit that last spoke of it.</param>
public sealed record StepStory(GoalStep Last, string Text, DateTimeOffset At);
