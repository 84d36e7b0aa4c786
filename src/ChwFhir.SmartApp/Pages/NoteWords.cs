using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Pages;

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
}
