using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

using Item = QuestionnaireResponse.ItemComponent;

/// <summary>The filled-in form: QuestionnaireResponse, its items in the parts and the order of its Questionnaire. Items that are held are not in it, nor is their question.</summary>
internal static class ScreeningResponse
{
    /// <param name="wholly">The response itself is held, so that held items may stand in it.</param>
    internal static QuestionnaireResponse Of(Draft draft, Screening screening, InstrumentForm form, bool wholly)
    {
        var response = new QuestionnaireResponse
        {
            Meta = Concepts.Profile("us-core-questionnaireresponse"),
            Questionnaire = form.Url,
            Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed,
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Authored = screening.Date ?? draft.When,
            Author = draft.Author(),
            Source = People.Reporter(draft, screening.AnsweredBy),
        };

        foreach (var item in form.Items)
        {
            if (screening.Answers.Any(answer => answer.Item == item.LinkId) && (wholly || !draft.Holds.Item(item.LinkId)))
                Place(response, item.Group).Add(Filled(form, screening, item.LinkId));
        }

        // A note that was taken before an item was put in another form still says it.
        foreach (var unknown in screening.Answers.Where(answer => form.Item(answer.Item) is null && (wholly || !draft.Holds.Item(answer.Item))).Select(answer => answer.Item).Distinct())
            response.Item.Add(Filled(form, screening, unknown));

        return response;
    }

    private static List<Item> Place(QuestionnaireResponse response, FormGroup? group)
    {
        if (group is null)
            return response.Item;
        if (response.Item.Find(item => item.LinkId == group.LinkId) is { } there)
            return there.Item;

        var part = new Item { LinkId = group.LinkId, Text = group.Text };
        response.Item.Add(part);

        return part.Item;
    }

    private static Item Filled(InstrumentForm form, Screening screening, string linkId)
    {
        var item = new Item { LinkId = linkId, Text = ScreeningAnswers.QuestionText(form, linkId) };
        foreach (var value in screening.Answers.Where(answer => answer.Item == linkId).SelectMany(answer => ScreeningAnswers.FormValues(form, answer)))
            item.Answer.Add(new QuestionnaireResponse.AnswerComponent { Value = value });

        return item;
    }
}
