using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>The panel at a glance, from what this service holds: no chart is asked for it.</summary>
public sealed class PanelLines(OwnNotes notes, MessageDesk desk, TimeProvider time)
{
    private const int MostNotes = 20;
    private const int MostRead = 4;
    private const int AtOnce = 8;
    private static readonly string[] Visits = ["visit-note"];

    /// <param name="patients"><c>Patient/x</c>, whom the caller may see: that was asked before.</param>
    public async Task<IReadOnlyDictionary<string, PanelLine>> ReadAsync(Caller caller, IReadOnlyCollection<string> patients, CancellationToken cancellationToken)
    {
        var reader = TeamCallers.Of(caller);
        var waiting = await desk.ListAsync(reader, new MessageQuery { State = "mine", Limit = 200 }, cancellationToken);
        var unanswered = waiting.Items.Where(one => one.NeedsReply && one.Replies.Count == 0 && one.From.Reference == reader.Self).GroupBy(one => one.Patient).ToDictionary(same => same.Key, same => same.Count());
        var now = time.GetLocalNow();
        Dictionary<string, PanelLine> lines = new(StringComparer.Ordinal);
        foreach (var some in patients.Chunk(AtOnce))
        {
            foreach (var line in await Task.WhenAll(some.Select(async patient => Of(patient, await notes.ReadAsync(caller, patient, MostNotes, MostRead, cancellationToken, Visits), unanswered.GetValueOrDefault(patient), now))))
                lines[line.Patient] = line;
        }
        return lines;
    }

    /// <summary>Whether a name has all the words that somebody looks for, whatever their case and accents.</summary>
    public static bool IsNamed(string name, string words) =>
        Folding.Fold(name) is var folded && Folding.Fold(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => folded.Contains(word, StringComparison.Ordinal));

    private static PanelLine Of(string patient, IReadOnlyList<OwnNote> notes, int unanswered, DateTimeOffset now)
    {
        var programme = notes.FirstOrDefault(note => note.Said?.Programme is not null)?.Said!.Programme;
        return new PanelLine(patient, notes.FirstOrDefault(note => note.IsVisit)?.Stored.VisitTime, Next(notes, now), Tasks(notes), unanswered, Said.Clean(programme?.Name) ?? programme?.Id, programme?.End);
    }

    private static string? Next(IReadOnlyList<OwnNote> notes, DateTimeOffset now)
    {
        var planned = notes.Where(note => note.Said?.Visit is { Status: VisitStatus.Planned } visit && visit.Start > now).Select(note => Said.Stamp(note.Said!.Visit.Start));
        var agreed = notes.Where(note => note.IsVisit).Take(1).Select(note => note.Said!.FollowUp?.NextVisit).Where(next => Said.Order(next) >= now.AddHours(-12));
        return planned.Concat(agreed).OrderBy(Said.Order).FirstOrDefault();
    }

    // Each goal as the latest visit that spoke of it left it.
    private static int Tasks(IReadOnlyList<OwnNote> notes) => notes.Where(note => note.Said is not null).SelectMany(note => note.Said!.Goals).GroupBy(goal => goal.Id ?? goal.Text).Select(told => told.Reverse().Aggregate((before, now) => now.After(before)))
        .Where(goal => goal.Status is not (GoalStatus.Completed or GoalStatus.Cancelled or GoalStatus.EnteredInError or GoalStatus.Rejected))
        .Sum(goal => goal.Steps.Count(step => step.Who == StepPerformer.Chw && step.Status is not (StepStatus.Completed or StepStatus.Cancelled or StepStatus.Stopped or StepStatus.EnteredInError)));
}
