using ChwFhir.CareTeam;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>Messages that press alike.</summary>
/// <param name="Key">Of its heading: <c>late</c>, <c>now</c>, <c>today</c>, <c>week</c>, <c>taken</c>, <c>closed</c>.</param>
public sealed record InboxGroup(string Key, IReadOnlyList<MessageView> Messages)
{
    private static readonly string[] Order = ["late", "now", "today", "week", "taken", "closed"];

    /// <summary>What nobody opened in its time comes first, what somebody has taken last; in each the longest due first. Pure.</summary>
    public static IReadOnlyList<InboxGroup> Of(IReadOnlyList<MessageView> messages, string state) => state == "closed"
        ? [new InboxGroup("closed", messages)]
        : [.. messages.GroupBy(KeyOf).OrderBy(group => Array.IndexOf(Order, group.Key)).Select(group => new InboxGroup(group.Key, [.. group]))];

    /// <summary>How soon somebody should look: the least first.</summary>
    public static int Rank(MessageView message) => Array.IndexOf(Order, KeyOf(message));

    private static string KeyOf(MessageView message) => message switch
    {
        { Late: true } or { NobodyTold: true, ClimbedTo.Count: > 0 } => "late",
        { Reach: "taken" } => "taken",
        { Alert: true } or { Urgency: "stat" } => "now",
        { Urgency: "urgent" or "asap" } => "today",
        _ => "week",
    };
}
