using ChwFhir.Fhir.Model;
using ItemType = ChwFhir.Fhir.Model.Questionnaire.QuestionnaireItemType;

namespace ChwFhir.Fhir.Validation;

// Forms and what was answered.
internal static partial class BaseRules
{
    private static readonly Member ResponseAnswers = new(QuestionnaireResponse.ItemComponent.TheFacts, "answer");
    private static readonly Member ResponseItems = new(QuestionnaireResponse.ItemComponent.TheFacts, "item");
    private static readonly Member FormItems = new(Questionnaire.ItemComponent.TheFacts, "item");
    private static readonly Member FormOptions = new(Questionnaire.ItemComponent.TheFacts, "answerOption");
    private static readonly Member FormInitial = new(Questionnaire.ItemComponent.TheFacts, "initial");
    private static readonly Member FormCodes = new(Questionnaire.ItemComponent.TheFacts, "code");
    private static readonly Member FormEnableWhen = new(Questionnaire.ItemComponent.TheFacts, "enableWhen");

    private static IEnumerable<Rule> OfQuestionnaires() =>
    [
        On<QuestionnaireResponse.ItemComponent>("qrs-1", "items stand under the item or under its answer, not both", it => !ResponseAnswers.IsIn(it) || !ResponseItems.IsIn(it)),
        On<Questionnaire>("que-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<Questionnaire>("que-2", "a linkId stands once in the whole form", it => AreDistinct(AllItems(it.Item).Select(item => item.LinkId))),
        On<Questionnaire.ItemComponent>("que-1", "a group has items, a display has none", it => it.Type switch { ItemType.Group => FormItems.IsIn(it), ItemType.Display => !FormItems.IsIn(it), _ => true }),
        On<Questionnaire.ItemComponent>("que-3", "a display has no code", it => it.Type != ItemType.Display || !FormCodes.IsIn(it)),
        On<Questionnaire.ItemComponent>("que-4", "options or a value set of answers, and not both", it => !FormOptions.IsIn(it) || it.AnswerValueSet is null),
        On<Questionnaire.ItemComponent>("que-5", "this type of question has no options", it => it.Type is ItemType.Choice or ItemType.OpenChoice or ItemType.Decimal or ItemType.Integer or ItemType.Date or ItemType.DateTime or ItemType.Time or ItemType.String or ItemType.Quantity || (it.AnswerValueSet is null && !FormOptions.IsIn(it))),
        On<Questionnaire.ItemComponent>("que-6", "a display is neither required nor repeated", it => it.Type != ItemType.Display || (it.Required is null && it.Repeats is null)),
        On<Questionnaire.ItemComponent>("que-8", "groups and displays have no initial value", it => it.Type is not (ItemType.Group or ItemType.Display) || !FormInitial.IsIn(it)),
        On<Questionnaire.ItemComponent>("que-9", "a display is not read-only", it => it.Type != ItemType.Display || it.ReadOnly is null),
        On<Questionnaire.ItemComponent>("que-10", "this type of question has no maximal length", it => it.Type is ItemType.Boolean or ItemType.Decimal or ItemType.Integer or ItemType.String or ItemType.Text or ItemType.Url or ItemType.OpenChoice || it.MaxLength is null),
        On<Questionnaire.ItemComponent>("que-11", "a question with options has its initial value among them", it => !FormOptions.IsIn(it) || !FormInitial.IsIn(it)),
        On<Questionnaire.ItemComponent>("que-12", "several conditions need to say whether all or any must hold", it => FormEnableWhen.CountIn(it) <= 2 || it.EnableBehavior is not null),
        On<Questionnaire.ItemComponent>("que-13", "only a repeating question has several initial values", it => it.Repeats == true || FormInitial.CountIn(it) <= 1),
        On<Questionnaire.EnableWhenComponent>("que-7", "whether an answer exists is yes or no", it => it.Operator != Questionnaire.QuestionnaireItemOperator.Exists || it.Answer is FhirBoolean),
    ];

    private static IEnumerable<Questionnaire.ItemComponent> AllItems(List<Questionnaire.ItemComponent> items) => items.SelectMany(item => AllItems(item.Item).Prepend(item));
}
