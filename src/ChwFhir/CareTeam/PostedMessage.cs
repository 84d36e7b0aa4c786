using ChwFhir.Intake;
using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>A message that comes by itself, as it is sent in.</summary>
/// <param name="Id">The caller's id: the same message sent again is one message.</param>
/// <param name="InReplyTo">Our number of the message that it goes on from.</param>
internal sealed record PostedMessage(
    string? Id, MessageKind? Kind, IReadOnlyList<string> To, Urgency Urgency, MessageTopic? Topic, string Text, IReadOnlyList<string> About, bool NeedsReply,
    Callback? Callback, Hold? Hold, string? InReplyTo)
{
    private static readonly ListKind<string> Recipients = new(RecipientKind.One, atLeast: 1);

    public static readonly Part<PostedMessage> Shape = new(message => new PostedMessage(
        message.Id("id"), message.Word<MessageKind>("kind"), message.List("to", Recipients), message.Word("urgency", Urgency.Routine), message.Word<MessageTopic>("topic"),
        message.RequiredText("text"), message.Texts("about"), message.Flag("needsReply"), message.Optional("callback", MessageParts.Callback),
        message.Optional("hold", HoldPart.Shape), message.Id("inReplyTo")));
}
