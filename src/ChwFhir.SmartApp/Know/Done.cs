using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Know;

/// <summary>What was done about a red flag, as sentences: at home, and by whoever was told.</summary>
internal static class Done
{
    public static IEnumerable<string> Of(KnownFlag flag, DateTimeOffset now, Wording words, Whom whom)
    {
        if (flag.Tried is { } tried)
            yield return words.Say("went.tried", tried.TrimEnd('.'));
        yield return flag.Message is { } message ? Of(message, now, words, whom) : words["went.told"];
    }

    /// <summary>The furthest that a message has come.</summary>
    public static string Of(MessageView message, DateTimeOffset now, Wording words, Whom whom)
    {
        var at = message.At is { } moment ? Times.Of(moment, now, words) : "";
        return message switch
        {
            { Reach: "closed", Outcome: { } outcome } => words.Say("went.closed", words.Of("went.outcome", outcome), at),
            { Replies: [.., var reply] } => words.Say("went.reply", whom.Of(reply.By, reply.Role), Times.Of(reply.At, now, words), words.Of("went.will", reply.Will)),
            { Reach: "taken" } => words.Say("went.taken", Who(message.TakenBy ?? message.By), at),
            { Reach: "opened" } => words.Say("went.opened", Who(message.By), at),
            { Late: true } => words["went.late"],
            { Reach: "notified" } => words["went.notified"],
            _ => words["went.waiting"],
        };

        string Who(string? by) => by is null ? words["went.somebody"] : whom.To(by);
    }
}
