using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>
/// What somebody of the care team may file to the chart: their own reply or message, or that they have seen one. Only the person whose words they
/// are, only where the words may stand in a chart. Pure.
/// </summary>
internal static class Filing
{
    private const string Here = "filed";

    /// <summary>What is filed; else why not.</summary>
    public static (WordsToFile? Words, MessageAnswer? Refusal) Of(StoredMessage message, TeamCaller caller, PostedFile posted, DateTimeOffset now)
    {
        if (!TeamRoles.Licensed.TryGetValue(caller.Role, out var role))
            return (null, new MessageAnswer.NotAllowed("clinicians-only", "Only clinicians, nurses and social workers file their words; a CHW's go to the chart by a note or a message."));
        if (message.Held)
            return (null, new MessageAnswer.Conflict("held", "It is for a few only and has no place in the chart."));
        if (message.Withdrawn is not null)
            return (null, new MessageAnswer.Conflict("withdrawn", "It was taken back with its note."));
        if (posted.Reply is { } id)
            return OfReply(message, caller, role, id);
        if (MessageDecisions.IsSender(message, caller))
            return (new WordsToFile("message", null, $"{role}'s message about the patient", MessageBody.Read(message.Body).Text, message.SentAt), null);

        return MessageDecisions.IsFor(message, caller)
            ? (new WordsToFile("seen", null, $"{role}'s word that they have seen {Whose(message)} message", "Seen and read.", now), null)
            : (null, new MessageAnswer.NotAllowed("not-for-you", "Only those whom it is for file that they have seen it."));
    }

    /// <summary>Written down with the message, once.</summary>
    public static Decision Filed(StoredMessage message, TeamCaller caller, WordsToFile words, string note) => message.Filed.Any(filed => filed.Note == note)
        ? Decision.Nothing
        : new Decision(new MessageChange(Here, caller.Self, caller.Role, MessageDecisions.IsFor(message, caller) ? MessageReach.Opened : MessageReach.Waiting, MessageDecisions.IsFor(message, caller))
        {
            Detail = note,
            Filed = (note, words.Reply),
        });

    /// <summary>Whose message it is, as the document says it.</summary>
    public static string Whose(StoredMessage message) =>
        message.SenderRole == TeamRoles.Chw ? "a community health worker's" : TeamRoles.Licensed.TryGetValue(message.SenderRole, out var role) ? $"a {role.ToLowerInvariant()}'s" : "a colleague's";

    private static (WordsToFile? Words, MessageAnswer? Refusal) OfReply(StoredMessage message, TeamCaller caller, string role, string id)
    {
        if (message.Replies.FirstOrDefault(reply => ReplyView.IdOf(reply) == id) is not { } reply)
            return (null, new MessageAnswer.Invalid([new NoteFault("/reply", "reply-not-found", "is the id of no reply to this message")]));
        if (reply.By != caller.Self)
            return (null, new MessageAnswer.NotAllowed("not-yours", "Only the person who wrote it files it."));

        var body = ReplyBody.Read(reply.Body);
        return (new WordsToFile($"reply/{id}", reply.Id, $"{role}'s reply to {Whose(message)} message", Text(body), reply.At), null);
    }

    private static string Text(ReplyBody body) => string.Join("\n\n", new[] { body.Text, Next(body) }.Where(part => part is not null));

    private static string? Next(ReplyBody body)
    {
        var will = body.Will switch { "i-call" => "I will call.", "nurse-calls" => "A nurse will call.", "appointment" => "There will be an appointment.", _ => null };
        var call = body.For == "patient-call-needed" ? "The patient needs a call." : null;
        return will is null && call is null ? null : string.Join(' ', new[] { call, will }.Where(part => part is not null));
    }
}
