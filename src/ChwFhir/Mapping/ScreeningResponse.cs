using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>The filled-in form: QuestionnaireResponse. Items that are held are not in it, nor is their question.</summary>
internal static class ScreeningResponse
{
    /// <param name="wholly">The response itself is held, so that held items may stand in it.</param>
    internal static QuestionnaireResponse Of(Draft draft, Screening screening, InstrumentCode instrument, bool wholly)
    {
        var response = new QuestionnaireResponse
        {
            Meta = Concepts.Profile("us-core-questionnaireresponse"),
            Questionnaire = $"{Canonicals.Questionnaires}/{Words.Of(screening.Instrument)}",
            Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed,
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Authored = screening.Date ?? draft.When,
            Author = draft.Author(),
            Source = People.Reporter(draft, screening.AnsweredBy),
        };

        foreach (var answer in screening.Answers)
        {
            if (!wholly && draft.Holds.Item(answer.Item))
                continue;

            var item = new QuestionnaireResponse.ItemComponent { LinkId = answer.Item, Text = ScreeningAnswers.QuestionText(instrument, answer.Item) };
            foreach (var value in Values(instrument, answer))
                item.Answer.Add(new QuestionnaireResponse.AnswerComponent { Value = value });
            response.Item.Add(item);
        }

        return response;
    }

    private static IEnumerable<DataType> Values(InstrumentCode instrument, ScreeningAnswer answer)
    {
        if (answer.Number is { } number)
            return [new FhirDecimal(number)];

        return answer.Texts.Select(text => (DataType?)ScreeningAnswers.Coding(instrument, answer.Item, text) ?? new FhirString(text));
    }
}
