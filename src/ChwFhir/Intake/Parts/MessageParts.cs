using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

internal static class MessageParts
{
    private static readonly ListKind<string> Recipients = new(RecipientKind.One, atLeast: 1);

    public static readonly Part<Callback> Callback = new(callback => new Callback
    {
        Name = callback.Text("name"),
        Relationship = callback.Text("relationship"),
        Phone = callback.Text("phone"),
        BestTime = callback.Text("bestTime"),
        Language = callback.Text("language"),
        VoicemailOk = callback.YesNo("voicemailOk"),
    });

    public static readonly ListKind<NoteMessage> List = new(new Part<NoteMessage>(message => new NoteMessage
    {
        Id = message.Id("id"),
        To = message.Required("to", Recipients) ?? [],
        Urgency = message.Word("urgency", Urgency.Routine),
        Topic = message.Word<MessageTopic>("topic"),
        Text = message.RequiredText("text"),
        About = message.Texts("about"),
        NeedsReply = message.Flag("needsReply"),
        Callback = message.Optional("callback", Callback),
        Hold = message.Optional("hold", HoldPart.Shape),
    }));
}
