using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class HoldPart
{
    private static readonly ListKind<string> Recipients = new(RecipientKind.One);

    public static readonly Part<Hold> Shape = new(hold => new Hold
    {
        Why = hold.RequiredWord<HoldReason>("why"),
        For = hold.List("for", Recipients),
    });
}
