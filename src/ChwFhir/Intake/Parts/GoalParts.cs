using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class GoalParts
{
    private static readonly ListKind<GoalStep> Steps = new(new Part<GoalStep>(step => new GoalStep
    {
        Id = step.Id("id"),
        Text = step.RequiredText("text"),
        Who = step.Word<StepPerformer>("who"),
        Due = step.Date("due"),
        SaidStatus = step.Word<StepStatus>("status"),
    }));

    public static readonly ListKind<NoteGoal> List = new(new Part<NoteGoal>(goal => new NoteGoal
    {
        Id = goal.Id("id"),
        Text = goal.RequiredText("text"),
        WordsOf = goal.Word<WordsOf>("wordsOf"),
        Priority = goal.Whole("priority", from: 1),
        Start = goal.Date("start"),
        Due = goal.Date("due"),
        SaidStatus = goal.Word<GoalStatus>("status"),
        Achievement = goal.Word<GoalAchievement>("achievement"),
        Addresses = goal.Texts("addresses"),
        Steps = goal.List("steps", Steps),
        FromNarrative = goal.Optional(TakenOverPart.Member, TakenOverPart.Shape),
    }));
}
