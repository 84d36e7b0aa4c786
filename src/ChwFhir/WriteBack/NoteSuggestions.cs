using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Intake.Narratives;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>Suggestions on their way from a note's words to the store, and from there to whoever looks. Pure.</summary>
internal static class NoteSuggestions
{
    /// <summary>To whoever has just sent the note: in full.</summary>
    public static IReadOnlyList<NoteSuggestion> Of(VisitNote note, MappingOptions options) =>
        [.. Suggestions.Of(note, options.Lexicon, options.HeldItems.Domains).Select((suggestion, i) => Shown(i + 1, suggestion))];

    /// <param name="born">The chart's birth date, where the EHR has said it.</param>
    public static IReadOnlyList<IncomingSuggestion> Found(VisitNote note, string? born, MappingOptions options) =>
        [.. from suggestion in Suggestions.Of(note, options.Lexicon, options.HeldItems.Domains) select new IncomingSuggestion(suggestion.Key, JsonSerializer.Serialize(suggestion with { Held = suggestion.Held || AreOfTheYoung(note, born, options) }))];

    /// <summary>Their narrative is held until a clinician releases it.</summary>
    public static bool AreOfTheYoung(VisitNote note, string? born, MappingOptions options) => Holds.IsYoungAt(born ?? note.Patient.Check?.BirthDate, note.Visit.Start, options.HeldItems);

    /// <summary>As they stand in the store from now on.</summary>
    public static IReadOnlyList<NoteSuggestion> Fresh(IReadOnlyList<IncomingSuggestion> suggestions) =>
        Of([.. suggestions.Select((suggestion, i) => new SuggestionRow(i + 1, suggestion.Key, suggestion.Body, SuggestionState.Proposed))]);

    /// <summary>To anybody: what is held says nothing of itself.</summary>
    public static IReadOnlyList<NoteSuggestion> Of(IReadOnlyList<SuggestionRow> rows) =>
        [.. from row in rows where row.State is not SuggestionState.Gone select Shown(row)];

    /// <summary>Those that are kept otherwise than they have to be, as they have to: held since the EHR has said how old the patient is, open since somebody has released their words.</summary>
    public static IReadOnlyList<SuggestionRow> PutRight(IReadOnlyList<SuggestionRow> rows, VisitNote note, ResolvedNote resolved, MappingOptions options)
    {
        var holds = Holds.Of(note, resolved, options);
        var said = note with { NarrativeHold = holds.Narrative ? note.NarrativeHold : null, Sections = [.. note.Sections.Select(section => holds.Of(section) ? section : section with { Hold = null })] };
        var now = Suggestions.Of(said, options.Lexicon, options.HeldItems.Domains).ToDictionary(suggestion => suggestion.Key);
        return
        [
            .. from row in rows
               let before = Read(row)
               let suggestion = now.GetValueOrDefault(row.Key) ?? before
               let held = suggestion.Held || holds.HasYoungWords
               where before.Held != held
               select row with { Body = JsonSerializer.Serialize(suggestion with { Held = held }) },
        ];
    }

    public static Suggestion Read(SuggestionRow row) => JsonSerializer.Deserialize<Suggestion>(row.Body)!;

    private static NoteSuggestion Shown(SuggestionRow row)
    {
        var shown = Shown(row.Number, Read(row)) with { State = Words.Of(row.State), By = row.By, At = row.At };
        return shown.Held ? new NoteSuggestion(shown.Number, null, null) { Held = true, State = shown.State, By = shown.By, At = shown.At } : shown;
    }

    private static NoteSuggestion Shown(int number, Suggestion suggestion) => new(number, suggestion.Text, suggestion.Pointer)
    {
        Start = suggestion.Start,
        Length = suggestion.Length,
        Kind = suggestion.Kind,
        Code = suggestion.Code,
        Why = suggestion.Why,
        Rule = suggestion.Rule,
        Into = suggestion.Into,
        Part = JsonSerializer.Deserialize<JsonElement>(suggestion.Part),
        Held = suggestion.Held,
    };
}
