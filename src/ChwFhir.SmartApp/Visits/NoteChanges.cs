namespace ChwFhir.SmartApp.Visits;

/// <summary>What an amendment changed, part by part: lines that went, came, or were written anew. Pure.</summary>
internal static class NoteChanges
{
    public static IReadOnlyList<PartChange> Between(IReadOnlyList<NotePart> before, IReadOnlyList<NotePart> after)
    {
        var order = after.Select(part => part.Name).Concat(before.Select(part => part.Name)).Distinct().ToList();
        return
        [
            .. from name in order
               let was = before.FirstOrDefault(part => part.Name == name)
               let now = after.FirstOrDefault(part => part.Name == name)
               let lines = Lines([.. was?.Lines.Select(line => line.Text) ?? []], [.. now?.Lines.Select(line => line.Text) ?? []])
               where lines.Count > 0
               select new PartChange((now ?? was)!.Title, lines),
        ];
    }

    private static List<LineChange> Lines(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        List<LineChange> changes = [];
        List<string> gone = [], come = [];
        foreach (var (kind, text) in Diff.Lines(before, after).Append((DiffKind.Same, "")))
        {
            if (kind == DiffKind.Gone)
                gone.Add(text);
            else if (kind == DiffKind.New)
                come.Add(text);
            else
                Pair(gone, come, changes);
        }
        return changes;
    }

    // Lines in one place that are like each other are one line, written anew.
    private static void Pair(List<string> gone, List<string> come, List<LineChange> changes)
    {
        foreach (var was in gone)
        {
            var (runs, now) = come.Select(now => (Runs: Diff.Words(was, now), Now: now)).FirstOrDefault(one => AreLike(one.Runs));
            if (now is null)
            {
                changes.Add(new LineChange(DiffKind.Gone, [(DiffKind.Gone, was)]));
                continue;
            }
            come.Remove(now);
            changes.Add(new LineChange(DiffKind.Same, runs));
        }
        changes.AddRange(come.Select(now => new LineChange(DiffKind.New, [(DiffKind.New, now)])));
        gone.Clear();
        come.Clear();
    }

    private static bool AreLike(IReadOnlyList<(DiffKind Kind, string Text)> runs) =>
        runs.Where(run => run.Kind == DiffKind.Same).Sum(run => run.Text.Trim().Length) * 2 >= runs.Where(run => run.Kind != DiffKind.New).Sum(run => run.Text.Trim().Length);
}
