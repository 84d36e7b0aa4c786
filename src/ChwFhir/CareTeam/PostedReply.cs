using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>A reply as it is sent in.</summary>
/// <param name="Id">The caller's id: the same reply sent again is one reply.</param>
/// <param name="By">Until when it is done: a FHIR date or dateTime.</param>
internal sealed record PostedReply(string? Id, string Text, ReplyFor For, ReplyWill Will, string? By = null)
{
    public static readonly Part<PostedReply> Shape = new(reply => new PostedReply(
        reply.Id("id"), reply.RequiredText("text"), reply.Word("for", ReplyFor.Chw), reply.Word("will", ReplyWill.None), reply.Date("by")));
}
