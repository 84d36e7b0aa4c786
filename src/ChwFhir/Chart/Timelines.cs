using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>What happened with a patient, newest first: visits, summaries, screenings, messages with their answers, and what became of goals and plans, here and by clinicians in the chart.</summary>
public sealed class Timelines(Charts charts, OwnNotes notes, MessageDesk desk, TeamCallers callers, MappingOptions mapping)
{
    public const int MostItems = 200;
    private const int MostNotes = 1000;
    private const int MostPages = 10;

    /// <param name="cursor"><see cref="TimelinePage.Next"/> of the page before.</param>
    public async Task<TimelinePage> ReadAsync(ChartEyes eyes, string patient, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var chart = charts.Open(eyes, patient);
        var goals = chart.SearchAsync<Goal>(ChartQuestions.Goals);
        var plans = chart.SearchAsync<CarePlan>(ChartQuestions.Plans);
        var theirs = await notes.ReadAsync(eyes.Caller, patient, MostNotes, MostNotes, cancellationToken);
        var reader = await callers.OfPatientAsync(eyes.Caller, patient, cancellationToken);
        var messages = await MessagesAsync(reader, patient, cancellationToken);
        var (goalsRead, plansRead) = (await goals.WaitAsync(cancellationToken), await plans.WaitAsync(cancellationToken));
        var own = await notes.LongLivedAsync(patient, cancellationToken);

        List<TimelineItem> all =
        [
            .. theirs.Select(Of),
            .. GoalHistory.Of(theirs),
            .. messages.SelectMany(Of),
            .. PlanChanges.Of(goalsRead.Items, plansRead.Items, own, mapping.IdentifierSystem, DateTimeOffset.MinValue).Select(Of).OfType<TimelineItem>(),
        ];
        IReadOnlyList<TimelineItem> ordered = [.. all.OrderByDescending(item => item.When.UtcTicks).ThenBy(item => item.Order, StringComparer.Ordinal)];
        var rest = (TimelineCursor.TryRead(cursor, out var place) ? TimelineCursor.After(ordered, place) : ordered).Take(limit + 1).ToList();
        IReadOnlyList<TimelineItem> items = [.. rest.Take(limit)];
        return new TimelinePage(items, rest.Count > limit ? TimelineCursor.Of(items[^1]) : null, [.. OverviewParts.Missing("plan-changes", [.. goalsRead.Missing, .. plansRead.Missing])]);
    }

    /// <summary>Whether this is a cursor that a page gave.</summary>
    public static bool IsCursor(string text) => TimelineCursor.TryRead(text, out _);

    private static TimelineItem Of(OwnNote note)
    {
        var stored = note.Stored;
        var kind = stored.Kind switch { "after-visit-summary" => "summary", "questionnaire-response" => "screening", "visit-note" => "visit", _ => "message" };
        return new TimelineItem(
            kind, stored.VisitTime, note.Said is { } said ? Words.Of(said.Visit.Kind) : null, note.Said is { } visit ? Words.Of(visit.Visit.Status) : null, Words.Of(stored.State), null, null,
            Said.Clean(note.Said?.Author.Name) ?? stored.Author, stored.Id, stored.Resources.Count(row => row.State == Queue.ResourceState.Kept), note.Source);
    }

    private static IEnumerable<TimelineItem> Of(MessageView message)
    {
        var source = new FactSource(FactSource.Message, message.Id, Said.Stamp(message.SentAt));
        yield return new TimelineItem("message", message.SentAt, message.Kind, message.Withdrawn ?? message.Reach, message.NoteState, message.Text, null, message.From.Role, message.Id, 0, source);
        foreach (var reply in message.Replies)
            yield return new TimelineItem("reply", reply.At, reply.Will, message.Reach, null, reply.Text, null, reply.Role, message.Id, 0, source);
    }

    private static TimelineItem? Of(Change change) => Said.Order(change.Date) is { } at
        ? new TimelineItem("plan-change", at, change.Kind, change.Now, null, change.Text, change.Before, change.By, null, 0, change.Source) : null;

    private async Task<IReadOnlyList<MessageView>> MessagesAsync(TeamCaller reader, string patient, CancellationToken cancellationToken)
    {
        List<MessageView> all = [];
        foreach (var state in (string[])["open", "closed"])
        {
            string? cursor = null;
            for (var page = 0; page < MostPages && (page == 0 || cursor is not null); page++)
            {
                var found = await desk.ListAsync(reader, new MessageQuery { Patient = patient, State = state, Limit = MostItems, Cursor = cursor }, cancellationToken);
                all.AddRange(found.Items.Where(message => message.Patient == patient));
                cursor = found.Next;
            }
        }
        return all;
    }
}
