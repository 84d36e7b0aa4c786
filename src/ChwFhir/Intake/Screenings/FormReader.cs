using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

using Item = Questionnaire.ItemComponent;

/// <summary>
/// Reads our own Questionnaires. Beside what FHIR has for it they carry three extensions: <c>screening-need</c> on an answer that says that something is missing,
/// <c>score-rule</c> on a computed item, <c>score-band</c> for what a score means (<c>fhir-profiles/README.md</c>).
/// </summary>
internal static class FormReader
{
    private const string Base = "https://chwfhir.org/fhir";
    private const string Core = "http://hl7.org/fhir/StructureDefinition";
    private const string NeedUrl = $"{Base}/StructureDefinition/screening-need";
    private const string RuleUrl = $"{Base}/StructureDefinition/score-rule";
    private const string BandUrl = $"{Base}/StructureDefinition/score-band";

    internal static InstrumentForm Read(Instrument instrument, Questionnaire questionnaire) => new(
        instrument,
        questionnaire.Url!,
        questionnaire.Title!,
        questionnaire.UseContext.Exists(context => (context.Value as CodeableConcept)?.Coding.Exists(coding => coding.Code == "sdoh") == true),
        [.. questionnaire.Code.Select(Code)],
        [.. Items(questionnaire.Item, null)]);

    private static IEnumerable<FormItem> Items(List<Item> items, FormGroup? group)
    {
        foreach (var item in items)
        {
            if (item.Type == Questionnaire.QuestionnaireItemType.Group)
            {
                foreach (var inner in Items(item.Item, new FormGroup(item.LinkId!, item.Text!)))
                    yield return inner;
            }
            else
            {
                yield return Read(item, group);
            }
        }
    }

    private static FormItem Read(Item item, FormGroup? group) => new(item.LinkId!, Code(item.Code[0]), item.Text!, Type(item))
    {
        Group = group,
        Required = item.Required == true,
        Repeats = item.Repeats == true,
        Least = Number(item.GetExtension($"{Core}/minValue")?.Value),
        Most = Number(item.GetExtension($"{Core}/maxValue")?.Value),
        Options = [.. item.AnswerOption.Select(Option)],
        AskedWhenAny = [.. item.EnableWhen.Select(Condition)],
        Rule = item.GetExtension(RuleUrl) is { } rule ? new ScoreRule(Word(rule, "rule")!, Words(rule, "of"), Word(rule, "yes"), Word(rule, "no"), Words(rule, "no-from")) : null,
        Bands = [.. item.GetExtensions(BandUrl).Select(band => new ScoreBand(Number(band.GetExtension("from")?.Value) ?? 0, Word(band, "text")!, Word(band, "interpretation"), Need(band.GetExtension("need"))))],
    };

    private static FormItemType Type(Item item) => item.Type switch
    {
        Questionnaire.QuestionnaireItemType.Choice => FormItemType.Choice,
        Questionnaire.QuestionnaireItemType.Integer => FormItemType.Integer,
        Questionnaire.QuestionnaireItemType.Decimal => FormItemType.Decimal,
        Questionnaire.QuestionnaireItemType.String or Questionnaire.QuestionnaireItemType.Text => FormItemType.Text,
        var other => throw new InvalidOperationException($"{item.LinkId} is of the type {other}, which no instrument has yet."),
    };

    private static FormOption Option(Questionnaire.AnswerOptionComponent option) => new(
        ((Coding)option.Value!).Code!,
        ((Coding)option.Value!).Display!,
        Number(option.GetExtension($"{Core}/ordinalValue")?.Value),
        option.GetExtensionValue<FhirBoolean>($"{Core}/questionnaire-optionExclusive")?.Value == true,
        Need(option.GetExtension(NeedUrl)));

    private static FormCondition Condition(Questionnaire.EnableWhenComponent when) => new(when.Question!, when.Operator switch
    {
        Questionnaire.QuestionnaireItemOperator.Equal => true,
        Questionnaire.QuestionnaireItemOperator.NotEqual => false,
        var other => throw new InvalidOperationException($"{when.Question} is compared by {other}, which no instrument does yet."),
    }, ((Coding)when.Answer!).Code!);

    private static FormNeed? Need(Extension? need)
    {
        if (need is null)
            return null;

        var domain = Word(need, "domain");
        return new FormNeed(
            domain is not null && Intake.Words.TryParse<ConcernDomain>(domain, out var known) ? known : null,
            Word(need, "text"),
            [.. need.GetExtensions("code").Select(code => Code((Coding)code.Value!))]);
    }

    private static FormCode Code(Coding coding) => new(coding.System!, coding.Code!, coding.Display);

    private static string? Word(IExtendable owner, string url) => Word(owner.GetExtension(url)?.Value);

    private static IReadOnlyList<string> Words(IExtendable owner, string url) => [.. owner.GetExtensions(url).Select(extension => Word(extension.Value)!)];

    private static string? Word(DataType? value) => value switch { Code code => code.Value, FhirString text => text.Value, _ => null };

    private static decimal? Number(DataType? value) => value switch { Integer whole => whole.Value, FhirDecimal number => number.Value, _ => null };
}
