namespace ChwFhir.SmartApp.Visits;

/// <summary>What changed between two texts, word by word: a longest common subsequence. Pure.</summary>
internal static class Diff
{
    private const int MostCells = 4_000_000;

    /// <summary>Runs of what stayed, went and came, in the order in which they are read.</summary>
    public static IReadOnlyList<(DiffKind Kind, string Text)> Words(string before, string after) => Join(Of(Split(before), Split(after)));

    /// <summary>The same of whole lines, each by itself.</summary>
    public static IReadOnlyList<(DiffKind Kind, string Text)> Lines(IReadOnlyList<string> before, IReadOnlyList<string> after) => Of(before, after);

    private static List<(DiffKind Kind, string Text)> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if ((long)before.Count * after.Count > MostCells)
            return [.. before.Select(one => (DiffKind.Gone, one)), .. after.Select(one => (DiffKind.New, one))];

        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<(DiffKind, string)> runs = [];
        var (was, now) = (0, 0);
        while (was < before.Count || now < after.Count)
        {
            if (was < before.Count && now < after.Count && before[was] == after[now])
            {
                runs.Add((DiffKind.Same, before[was++]));
                now++;
            }
            // What went stands before what came in its place.
            else if (was < before.Count && (now == after.Count || common[was + 1, now] >= common[was, now + 1]))
                runs.Add((DiffKind.Gone, before[was++]));
            else
                runs.Add((DiffKind.New, after[now++]));
        }
        return runs;
    }

    // A word with the space behind it, so that the pieces put together are the text again.
    private static List<string> Split(string text)
    {
        List<string> words = [];
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at == text.Length || (char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at])))
            {
                words.Add(text[start..at]);
                start = at;
            }
        }
        return words;
    }

    private static List<(DiffKind Kind, string Text)> Join(List<(DiffKind Kind, string Text)> pieces)
    {
        List<(DiffKind Kind, string Text)> runs = [];
        foreach (var (kind, text) in pieces)
        {
            if (runs.Count > 0 && runs[^1].Kind == kind)
                runs[^1] = (kind, runs[^1].Text + text);
            else
                runs.Add((kind, text));
        }
        return runs;
    }
}
