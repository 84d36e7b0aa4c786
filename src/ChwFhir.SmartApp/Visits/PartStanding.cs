using ChwFhir.Queue;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Visits;

/// <summary>Where a part of a note stands, in the honest words of the window. What is held back counts nowhere.</summary>
internal static class PartStanding
{
    /// <summary>Each state with how many resources of the part are in it; one alone without a number.</summary>
    public static IReadOnlyList<(string Key, string Look, int Count)> Of(NotePart part, IReadOnlyList<ResourceRow> rows, NoteState note)
    {
        if (part.IsOfTheTeam)
            return [("state.kept", "kept", 1)];
        var own = rows.Where(row => row is { State: not ResourceState.Kept, IsHeldSince: false } && part.Keys.Any(key => row.Key.StartsWith(key, StringComparison.Ordinal))).ToList();
        if (own.Count > 0)
            return [.. own.GroupBy(row => States.Of(row.State, note)).Select(group => (group.Key.Key, group.Key.Look, group.Count())).OrderBy(one => one.Look switch { "no" => 0, "ask" => 1, "going" => 2, _ => 3 })];
        // It has no resource of its own: it stands where the note's document stands.
        var document = rows.FirstOrDefault(row => row.Key == "note");
        return document switch
        {
            null => [(States.Of(note) is var (state, _) && note is NoteState.Queued or NoteState.Writing ? state : "state.kept", note is NoteState.Queued or NoteState.Writing ? "going" : "kept", 1)],
            { State: ResourceState.Written or ResourceState.Existing } => [("state.in-note", "part", 1)],
            _ => [(States.Of(document.State, note).Key, States.Of(document.State, note).Look, 1)],
        };
    }
}
