using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

using Item = QuestionnaireResponse.ItemComponent;

/// <summary>The form as it was sent, in this chart: its people are this EHR's, and what is held is not in it.</summary>
internal static class SentResponse
{
    internal static MappedResource Add(Draft draft, CompletedScreening sent, string key, bool wholly)
    {
        var response = Of(draft, sent, wholly);
        return sent.Response.Identifier is { System: { Length: > 0 } system, Value: { Length: > 0 } value }
            ? draft.AddAs(key, response, new Identifier(system, value), wholly)
            : draft.Add(key, response, wholly);
    }

    private static QuestionnaireResponse Of(Draft draft, CompletedScreening sent, bool wholly)
    {
        var response = (QuestionnaireResponse)sent.Response.DeepCopy();
        response.Id = null;
        response.Meta = null;
        response.Text = null;
        response.Subject = draft.Patient();
        response.Encounter = draft.Encounter();
        response.Author = Person(draft, sent.Response, sent.Response.Author, sent.Author is not null);
        response.Source = Person(draft, sent.Response, sent.Response.Source, staff: sent.Author is not null && sent.Response.Author is null);
        // Orders and parts of another system are nowhere in this chart.
        response.BasedOn = null;
        response.PartOf = null;
        var left = wholly || Take(response.Item, "", pointer => sent.Items.TryGetValue(pointer, out var item) && draft.Holds.Item(item));
        Contained(response, sent, left);
        if (IsUsCores(response))
            response.Meta = Concepts.Profile("us-core-questionnaireresponse");

        return response;
    }

    /// <summary>Whether US Core has such a form: it names its questions' list, and has each of them once (sdcqr-2); R4 lets one stand for each of its answers.</summary>
    internal static bool IsUsCores(QuestionnaireResponse form) => form.Questionnaire is not null && AreSiblingsDistinct(form.Item);

    private static bool AreSiblingsDistinct(List<Item> items) => items.Where(item => item.Answer.Count > 0).Select(item => item.LinkId).Distinct().Count() == items.Count(item => item.Answer.Count > 0)
        && items.TrueForAll(item => AreSiblingsDistinct(item.Item) && item.Answer.TrueForAll(answer => AreSiblingsDistinct(answer.Item)));

    /// <summary>Who is known here by reference, everybody else by what the form says of them: kind, number, name. An address of another system leads nowhere here.</summary>
    private static ResourceReference? Person(Draft draft, QuestionnaireResponse form, ResourceReference? said, bool staff)
    {
        if (said is null)
            return null;
        if (staff && draft.Signed() is { } author)
            return author;
        var contained = said.Reference is ['#', .. var id] ? form.Contained.Find(one => one.Id == id) : null;
        var type = contained?.TypeName ?? (said.Reference is { } reference && FhirReference.TryParse(reference, out var parsed) ? parsed.Type : said.Type);
        if (type == "Patient")
            return draft.Patient();

        var person = new ResourceReference { Type = type, Identifier = (Identifier?)said.Identifier?.DeepCopy(), Display = said.Display is { Length: > 0 } display ? display : Name(contained) };
        return person is { Type: null, Identifier: null, Display: null } ? null : person;
    }

    private static string? Name(Resource? contained) => (contained switch { RelatedPerson one => one.Name, Practitioner one => one.Name, _ => [] })
        .Select(name => name.Text ?? string.Join(' ', [.. name.Given, .. name.Family is { } family ? new[] { family } : []])).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));

    // A contained Questionnaire would tell which questions are not answered here.
    private static void Contained(QuestionnaireResponse response, CompletedScreening sent, bool whole)
    {
        var form = response.Questionnaire is ['#', .. var id] ? response.Contained.Find(one => one.Id == id) : null;
        if (form is not null && !whole)
            response.Questionnaire = InstrumentForms.Of(sent.Screening.Instrument).Url;
        response.Contained = form is not null && whole ? [form] : null;
    }

    /// <returns>Whether nothing was taken out.</returns>
    private static bool Take(List<Item> items, string parent, Func<string, bool> isHeld)
    {
        var kept = new List<Item>();
        var whole = true;
        for (var i = 0; i < items.Count; i++)
        {
            var pointer = $"{parent}/item/{i}";
            if (isHeld(pointer))
            {
                whole = false;
                continue;
            }

            whole &= Take(items[i].Item, pointer, isHeld);
            for (var a = 0; a < items[i].Answer.Count; a++)
                whole &= Take(items[i].Answer[a].Item, $"{pointer}/answer/{a}", isHeld);
            // A part of which nothing is left would hint at what stood there.
            if (items[i].Item.Count > 0 || items[i].Answer.Count > 0 || whole)
                kept.Add(items[i]);
        }

        if (kept.Count < items.Count)
        {
            items.Clear();
            items.AddRange(kept);
        }

        return whole;
    }
}
