using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What the care team needs first: what is urgent, what stands out, what the person said, and the messages.</summary>
internal static class TeamPart
{
    internal static void Write(Page page, Alerts alerts)
    {
        page.Under("What the team should know");
        var messages = Messages(page.Draft, alerts).ToList();
        foreach (var (message, flags, _) in messages.Where(told => told.Urgent))
            Urgent(page, message, flags);
        if (alerts.Open.Count > 0)
            page.List(CommunicationMapping.AlertText(page.Draft, alerts.Open));
        foreach (var insight in page.Draft.Note.Insights)
            page.List(Insight(insight));
        FirstGoal(page);
        Needs(page);
        page.GuardWishes([.. page.Draft.Note.Insights.Select(insight => insight.Text), FirstOf(page.Draft)?.Text, .. messages.Where(told => told.Urgent).Select(told => told.Message.Text)]);

        page.Under(messages.Exists(told => told.Urgent) ? "Other messages" : "Messages");
        foreach (var (message, flags, _) in messages.Where(told => !told.Urgent))
            page.List(Message(page.Draft, message, flags));
        page.GuardWishes([.. messages.Where(told => !told.Urgent).Select(told => told.Message.Text)]);
    }

    /// <summary>The messages that the chart may know of; what is urgent is told first, and once.</summary>
    private static IEnumerable<(NoteMessage Message, IReadOnlyList<RedFlag> Flags, bool Urgent)> Messages(Draft draft, Alerts alerts)
    {
        for (var i = 0; i < draft.Note.Messages.Count; i++)
        {
            var (message, flags) = (draft.Note.Messages[i], alerts.CarriedBy(i));
            if (!draft.Holds.Of(message))
                yield return (message, flags, CommunicationMapping.UrgencyOf(draft, message, flags) != Urgency.Routine);
        }
    }

    private static void Urgent(Page page, NoteMessage message, IReadOnlyList<RedFlag> flags)
    {
        page.List(Message(page.Draft, message, flags));
        foreach (var flag in flags.Where(flag => flag.IsNamedBy(message)))
            page.List($"Red flag: {flag.Text}.");
    }

    private static NoteGoal? FirstOf(Draft draft) =>
        PlanPart.GoalsInOrder(draft).FirstOrDefault(goal => goal.Status is not (GoalStatus.Completed or GoalStatus.Cancelled or GoalStatus.Rejected or GoalStatus.EnteredInError));

    private static void FirstGoal(Page page)
    {
        if (FirstOf(page.Draft) is { } goal)
            page.List($"First goal: {PlanPart.Wording(goal)}");
    }

    private static void Needs(Page page)
    {
        var needs = page.Draft.Note.Concerns.Where(concern => concern.IsOpen() && !page.Draft.Holds.Of(concern)).Select(FindingsPart.Name)
            .Concat(page.Draft.Proposed.Where(proposed => !proposed.Held).Select(proposed => proposed.Text)).ToList();
        if (needs.Count > 0)
            page.List($"Needs: {string.Join("; ", needs)}");
    }

    private static string Insight(Insight insight)
    {
        var words = insight.Quote ? $"\"{insight.Text}\"" : insight.Text;
        return insight.By is { } by ? $"{words} ({Phrases.Plain(Words.Of(by))})" : words;
    }

    private static string Message(Draft draft, NoteMessage message, IReadOnlyList<RedFlag> flags)
    {
        var to = CommunicationMapping.To(draft, message, flags).Select(to => Recipient(draft, to));
        var what = Phrases.Joined(message.Topic is { } topic ? Phrases.Plain(Words.Of(topic)) : null, message.NeedsReply ? "needs a reply" : null);
        var head = $"{Phrases.Capital(Words.Of(CommunicationMapping.UrgencyOf(draft, message, flags)))}, to {Phrases.And([.. to])}{(what.Length > 0 ? $": {what}" : "")}";

        return $"{head}. {CommunicationMapping.Payload(message, flags, between: " ")}";
    }

    private static string Recipient(Draft draft, string to) =>
        to.Contains('/', StringComparison.Ordinal) ? draft.Resolved.Team.FirstOrDefault(member => member.Reference == to)?.Name ?? to : Phrases.Plain(to);
}
