using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>What the visits did to goals: new, in another status, further or back. A goal that is held back from the chart is held back here.</summary>
internal static class GoalHistory
{
    public static IEnumerable<TimelineItem> Of(IReadOnlyList<OwnNote> notes)
    {
        var before = new Dictionary<string, NoteGoal>(StringComparer.Ordinal);
        foreach (var note in notes.Where(note => note.Said is not null).Reverse())
        {
            foreach (var told in note.Said!.Goals.Where(goal => !IsHeld(note, goal)))
            {
                var key = told.Id ?? told.Text;
                var known = before.GetValueOrDefault(key);
                var goal = before[key] = told.After(known) with { Achievement = told.Achievement ?? known?.Achievement };
                if (known is null)
                    yield return Item(note, goal, "goal-added", null, Words.Of(goal.Status));
                else if (known.Status != goal.Status)
                    yield return Item(note, goal, "goal-changed", Words.Of(known.Status), Words.Of(goal.Status));
                else if (goal.Achievement is { } achieved && achieved != known.Achievement)
                    yield return Item(note, goal, "goal-changed", known.Achievement is { } was ? Words.Of(was) : null, Words.Of(achieved));
            }
        }
    }

    private static TimelineItem Item(OwnNote note, NoteGoal goal, string what, string? before, string now) =>
        new("plan-change", note.Stored.VisitTime, what, now, null, goal.Text, before, Said.Clean(note.Said!.Author.Name) ?? note.Stored.Author, note.Stored.Id, 0, note.Source);

    // Which of them is held, the mapping has decided; where it has not run yet, or cannot be told by the name, none is shown beside one that is.
    private static bool IsHeld(OwnNote note, NoteGoal goal)
    {
        var held = note.Stored.Resources.Where(row => row is { State: ResourceState.Kept, How: KeepWithService.Held }).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        if (note.Stored.Resources.Count == 0)
            return true;
        return goal.Id is { } id ? held.Any(key => key == $"goal/{Folding.KeyPart(id)}" || key.StartsWith($"goal/{Folding.KeyPart(id)}~", StringComparison.Ordinal)) : held.Any(key => key.StartsWith("goal/", StringComparison.Ordinal));
    }
}
