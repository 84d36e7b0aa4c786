using ChwFhir.CareTeam;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>The inbox of a session across patients.</summary>
internal sealed class InboxReader(MessageDesk desk, TeamNames names, PeopleSeen people, CoverBook covers, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> States = ["open", "mine", "closed"];
    private const int APage = 50;

    public async Task<InboxList> ReadAsync(OpenSession session, TeamCaller caller, string state, string? cursor, CancellationToken cancellationToken)
    {
        var page = await desk.ListAsync(caller, new MessageQuery { State = state, Limit = APage, Cursor = cursor }, cancellationToken);
        var (now, away) = (clock.GetUtcNow(), await covers.ReadAsync(cancellationToken));
        var covering = away.Where(one => one.From <= now && now < one.Until && caller.Covers.Any(cover => cover.Who == one.Who)).DistinctBy(one => one.Who).ToList();
        var called = await names.OfAsync(page.Items, cancellationToken);
        if (covering.Count > 0)
            called = await names.OfAsync([.. called.Keys, .. covering.Select(one => one.Who)], cancellationToken);
        return new InboxList(
            state, InboxGroup.Of(page.Items, state), await people.OfAsync(session, page.Items.Select(message => message.Patient)), called, covering,
            away.FirstOrDefault(one => one.Who == caller.Self && one.From <= now && now < one.Until), page.Next);
    }
}
