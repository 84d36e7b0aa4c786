using ChwFhir.Intake;

namespace ChwFhir.Planning;

/// <summary>How a note is written on one EHR.</summary>
/// <param name="Steps">One for each resource of the note, in the order of the mapping.</param>
/// <param name="Groups">What is still to be sent, in order.</param>
public sealed record WritePlan(IReadOnlyList<PlanStep> Steps, IReadOnlyList<WriteGroup> Groups, IReadOnlyList<NoteIssue> Issues)
{
    /// <summary>Why the note cannot be written before a person has decided something; null when it can.</summary>
    public NoteIssue? Blocked { get; init; }

    /// <summary>The step of the note document, which says everything that is folded.</summary>
    public PlanStep? Document => Steps.FirstOrDefault(step => step.Key == Planner.DocumentKey);
}
