using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>
/// An instrument that is short enough to be asked within a visit: its questions and answers are those of its Questionnaire, its words those of the page.
/// What takes a form of its own (PRAPARE, AHC HRSN, PHQ-9) comes as a QuestionnaireResponse.
/// </summary>
internal sealed record ShortScreening(Instrument Instrument, IReadOnlyList<FormItem> Questions)
{
    private const string Declined = "declined";

    // "Don't know/refused"
    private const string NotAnswered = "LA15775-2";

    public static readonly ShortScreening Hunger = Of(Instrument.HungerVitalSign);
    public static readonly ShortScreening Mood = Of(Instrument.Phq2);
    public static readonly ShortScreening Distress = Of(Instrument.DistressThermometer);

    public static readonly IReadOnlyList<ShortScreening> All = [Hunger, Mood, Distress];

    /// <summary>What stands before its fields' names: <c>screening.phq-2</c>.</summary>
    public string Row => RowOf(Instrument);

    /// <summary>As the form asks it, behind its heading.</summary>
    public FormItem Folded => new FormItem.Group(Row,
    [
        .. Questions,
        new FormItem.Choice($"{Row}.by", "form.screening.by", [Words.Of(ReportedBy.Patient), Words.Of(ReportedBy.Caregiver)], "by"),
        new FormItem.Choice($"{Row}.hold", "form.hold", Words.All<HoldReason>(), "hold", None: "form.hold.none"),
    ], Folded: true, Row: Row);

    /// <summary>The item that a question of the form asks: <c>44250-9</c>.</summary>
    public string Item(FormItem question) => question.Name[(Row.Length + 1)..^".answer".Length];

    private static ShortScreening Of(Instrument instrument)
    {
        var form = FhirJson.Parse<Questionnaire>(ScreeningQuestionnaires.Json(Words.Of(instrument))!);

        return new(instrument, [.. form.Item.Where(item => item.ReadOnly is not true).Select(item => Question(RowOf(instrument), item))]);
    }

    // Whoever does not want to answer can say so, in the instrument's own way where it has one.
    private static FormItem Question(string row, Questionnaire.ItemComponent item)
    {
        var name = $"{row}.{item.LinkId}";
        if (item.Type == Questionnaire.QuestionnaireItemType.Integer)
            return new FormItem.Scale($"{name}.answer", name);

        var codes = item.AnswerOption.Select(option => (option.Value as Coding)?.Code).OfType<string>().ToList();
        return new FormItem.Choice($"{name}.answer", name, codes.Contains(NotAnswered) ? codes : [.. codes, Declined], "screening.answer", Spread: true, None: "form.not-asked");
    }

    private static string RowOf(Instrument instrument) => $"screening.{Words.Of(instrument)}";
}
