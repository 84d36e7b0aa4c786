using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class TakenOverPart
{
    internal const string Member = "fromNarrative";

    public static readonly Part<TakenOver> Shape = new(taken => new TakenOver { By = taken.RequiredText("by") });
}
