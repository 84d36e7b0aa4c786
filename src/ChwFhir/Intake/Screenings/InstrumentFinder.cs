using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>Which instrument a response is of: by its Questionnaire, by the code of the panel, else by what was asked.</summary>
internal static class InstrumentFinder
{
    private const int Telling = 2;

    internal static InstrumentForm? Find(QuestionnaireResponse response, FormEntries entries)
    {
        var canonical = response.Questionnaire is { } given ? FormEntries.WithoutVersion(given) : null;
        return InstrumentForms.All.FirstOrDefault(form => form.Url == canonical)
            ?? InstrumentForms.All.Where(form => IsNamed(form, entries)).MaxBy(form => entries.Answered.Count(entry => Item(form, entry) is not null))
            ?? ByItems(entries);
    }

    private static bool IsNamed(InstrumentForm form, FormEntries entries) =>
        entries.Names.Contains(Words.Of(form.Instrument)) || form.Codes.Any(code => entries.Names.Contains(code.Code));

    /// <summary>The item of the form that an entry answers, by a code or by its question.</summary>
    internal static FormItem? Item(InstrumentForm form, FormEntry entry) =>
        entry.Names.Select(form.Item).FirstOrDefault(item => item is not null)
        ?? (entry.Item.Text is { } text ? form.Items.FirstOrDefault(item => PlainWords.Begin(item.Text, text)) : null);

    // The PHQ-2 stands in the PHQ-9, the Hunger Vital Sign in the AHC tool: of those that know as much, the smallest.
    private static InstrumentForm? ByItems(FormEntries entries)
    {
        InstrumentForm? best = null;
        var most = 0;
        foreach (var form in InstrumentForms.All.OrderBy(form => form.Items.Count))
        {
            var known = entries.Answered.Count(entry => Item(form, entry) is { } item && IsOfItself(form, item) && Fits(item, entry));
            if (known > most && known >= Math.Min(Telling, form.Items.Count(item => item.Rule is null)) && 2 * known >= entries.Answered.Count)
                (best, most) = (form, known);
        }

        return best;
    }

    // A supplement is other instruments' questions: who asks them asks not yet this one.
    private static bool IsOfItself(InstrumentForm form, FormItem item) => !form.Codes.Skip(1).Any(part => part.Code == item.Group?.LinkId);

    private static bool Fits(FormItem item, FormEntry entry) =>
        item.Type != FormItemType.Choice || entry.Item.Answer.Exists(answer => EntryAnswers.Option(item, answer.Value) is not null);
}
