using ChwFhir.Intake;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>To whom a message is handed on, as it is sent in.</summary>
/// <param name="To">A word for people with a licence, or a reference as <c>Practitioner/1</c>.</param>
internal sealed record PostedHand(string To, string? Reason)
{
    private static readonly Part<PostedHand> Shape = new(hand => new PostedHand(hand.RequiredText("to"), hand.Text("reason")));

    public static (PostedHand? Posted, MessageAnswer? Refusal) Read(ReadOnlyMemory<byte> body)
    {
        var (posted, refusal) = PostedJson.Read(body, Shape);
        return posted is not null && !Takes(posted.To)
            ? (null, new MessageAnswer.Invalid([new NoteFault("/to", "unknown-value", $"one of {string.Join(", ", MessageHands.Words)}, or a reference as Practitioner/1")]))
            : (posted, refusal);
    }

    private static bool Takes(string to) => MessageHands.Words.Contains(to) || (FhirReference.TryParse(to, out var who) && who.Type is "Practitioner" or "PractitionerRole");
}
