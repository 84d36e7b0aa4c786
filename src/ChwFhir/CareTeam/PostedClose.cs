using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>How a message is closed, as it is sent in.</summary>
/// <param name="KnownUntil">A clinician knows the symptoms that it speaks of: until then they raise no alert.</param>
/// <param name="Reason">Needed where the writer closes their own.</param>
internal sealed record PostedClose(CloseOutcome Outcome, string? KnownUntil, string? Reason)
{
    public static readonly Part<PostedClose> Shape = new(close => new PostedClose(
        close.RequiredWord<CloseOutcome>("outcome"), close.Date("knownUntil"), close.Text("reason")));
}
