using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Visits;

/// <summary>What a line of a note says.</summary>
internal static class NoteWords
{
    public static string Title(NoteLine note, Wording words) => note.VisitKind is { } kind ? words.Of("visit", kind) : words.Of("kind", note.Kind);

    public static IEnumerable<string> Facts(NoteLine note, DateTimeOffset now, Wording words)
    {
        yield return When.Of(note.VisitTime, now, words);
        if (note.VisitStatus is { } status and not "completed")
            yield return words.Of("visit-status", status);
        if (note.Author is { } author)
            yield return author;
    }

    /// <summary>What became of the parts of a note: those of one kind that went the same way together, and first what somebody should look at.</summary>
    public static IEnumerable<(string What, string State, string Look)> Lines(IEnumerable<ResourceRow> rows, NoteState note, Wording words) =>
        from row in rows
        where row.State != ResourceState.Kept
        group row by (Kind: row.Key.StartsWith("attachment/", StringComparison.Ordinal) ? "attachment" : row.Type, Said: States.Of(row.State, note)) into same
        let kind = words.Of("type", same.Key.Kind)
        orderby same.Key.Said.Look switch { "no" => 0, "ask" => 1, "going" => 2, _ => 3 }
        select (same.Count() == 1 ? kind : words.Say("note.several", kind, same.Count()), same.Key.Said.Key, same.Key.Said.Look);

    /// <summary>The document as it stands, its headings set apart: the first line of each part but the first, where lines follow it.</summary>
    public static IEnumerable<(string? Heading, string Text)> Parts(string document)
    {
        var parts = document.ReplaceLineEndings("\n").Trim('\n').Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < parts.Length; at++)
        {
            var end = parts[at].IndexOf('\n', StringComparison.Ordinal);
            yield return at == 0 || end < 0 || parts[at][0] is ' ' or '-' ? (null, at == 0 ? parts[at] : "\n" + parts[at]) : (parts[at][..end], parts[at][(end + 1)..]);
        }
    }
}
