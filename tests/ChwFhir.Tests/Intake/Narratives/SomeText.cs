using ChwFhir.Intake;
using ChwFhir.Intake.Narratives;

namespace ChwFhir.Tests.Intake.Narratives;

internal static class SomeText
{
    /// <summary>A note that says nothing else.</summary>
    public static VisitNote Note(string narrative) => new()
    {
        Id = "n1",
        Patient = new NotePatient { Reference = "Patient/p" },
        Author = new NoteAuthor { Reference = "Practitioner/chw" },
        Visit = new Visit { Start = new DateTimeOffset(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5)) },
        Narrative = narrative,
    };

    public static IReadOnlyList<Suggestion> Suggested(string narrative) => Suggested(Note(narrative));

    public static IReadOnlyList<Suggestion> Suggested(VisitNote note) => Suggestions.Of(note, Lexicon.Default, ["intimate-partner-violence"]);

    public static string Codes(string narrative) => string.Join(" ", Suggested(narrative).Where(suggestion => suggestion.Kind == "concern").Select(suggestion => suggestion.Code).Order(StringComparer.Ordinal));
}
