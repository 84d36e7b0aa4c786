using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What the care team needs first: what is urgent, what stands out, what the person said, and the messages.</summary>
internal static class TeamPart
{
    internal static void Write(Page page, Alerts alerts)
    {
        page.Under("What the team should know");
        Urgent(page, alerts);
        if (alerts.Open.Count > 0)
            page.List(CommunicationMapping.AlertText(page.Draft, alerts.Open));
        foreach (var insight in page.Draft.Note.Insights)
            page.List(Insight(insight));
        FirstGoal(page);
        Needs(page);
        page.GuardWishes([.. page.Draft.Note.Insights.Select(insight => insight.Text)]);

        page.Under("Messages");
        for (var i = 0; i < page.Draft.Note.Messages.Count; i++)
        {
            var message = page.Draft.Note.Messages[i];
            if (!page.Draft.Holds.Of(message))
                page.List(Message(page.Draft, message, alerts.CarriedBy(i)));
        }
    }

    private static void Urgent(Page page, Alerts alerts)
    {
        for (var i = 0; i < page.Draft.Note.Messages.Count; i++)
        {
            var message = page.Draft.Note.Messages[i];
            var flags = alerts.CarriedBy(i);
            if (page.Draft.Holds.Of(message) || CommunicationMapping.UrgencyOf(page.Draft, message, flags) == Urgency.Routine)
                continue;

            page.List(Message(page.Draft, message, flags));
            foreach (var flag in flags.Where(flag => message.About.Contains(flag.Part)))
                page.List($"Red flag: {flag.Text}.");
        }
    }

    private static void FirstGoal(Page page)
    {
        if (PlanPart.GoalsInOrder(page.Draft).FirstOrDefault() is { } goal)
            page.List($"First goal: {PlanPart.Wording(goal)}");
    }

    private static void Needs(Page page)
    {
        var needs = page.Draft.Note.Concerns.Where(concern => !page.Draft.Holds.Of(concern)).Select(FindingsPart.Name).ToList();
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
        var head = Phrases.Capital(Phrases.Joined(
            Phrases.Plain(Words.Of(CommunicationMapping.UrgencyOf(draft, message, flags))),
            $"to {string.Join(", ", CommunicationMapping.To(message).Select(to => Recipient(draft, to)))}",
            message.Topic is { } topic ? Phrases.Plain(Words.Of(topic)) : null,
            message.NeedsReply ? "needs a reply" : null));

        return $"{head}. {CommunicationMapping.Payload(message, flags, between: " ")}";
    }

    private static string Recipient(Draft draft, string to) =>
        to.Contains('/', StringComparison.Ordinal) ? draft.Resolved.Team.FirstOrDefault(member => member.Reference == to)?.Name ?? to : Phrases.Plain(to);
}
