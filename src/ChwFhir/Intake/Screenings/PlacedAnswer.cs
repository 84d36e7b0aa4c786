using ChwFhir.Intake.Rules;

namespace ChwFhir.Intake.Screenings;

/// <summary>An answer and where it stands: in a note's list of answers, or in the item of a QuestionnaireResponse. Pointers are only spelled out when somebody writes them down.</summary>
internal readonly record struct PlacedAnswer(ScreeningAnswer Answer, NoteRules.Place Place, string? FormItem = null)
{
    internal PlacedAnswer(ScreeningAnswer answer, string formItem) : this(answer, default, formItem) { }

    internal string Item => FormItem is { } item ? $"{item}/linkId" : $"{Place}/item";

    internal string Whole => FormItem is { } item ? $"{item}/answer" : $"{Place}/answer";

    internal string One(int index) => FormItem is { } item ? $"{item}/answer/{index}" : $"{Place}/answer";
}
