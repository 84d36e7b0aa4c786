using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>Which instruments a response is of: by its Questionnaire, by the codes of the panels, else by what was asked. A visit's form often holds several.</summary>
internal static class InstrumentFinder
{
    private const int Telling = 2;

    /// <summary>The instruments in the order in which they are found; an entry belongs to the first that has its item. None when too little of the response is known.</summary>
    internal static IReadOnlyList<InstrumentForm> Find(QuestionnaireResponse response, FormEntries entries)
    {
        var canonical = response.Questionnaire is { } given ? FormEntries.WithoutVersion(given) : null;
        var found = new List<InstrumentForm>();
        var rest = entries.Answered.ToList();
        var first = InstrumentForms.All.FirstOrDefault(form => form.Url == canonical) ?? Named(entries, entries.Answered, found);
        for (var form = first ?? ByItems(rest, found); form is not null; form = Named(entries, rest, found, Telling) ?? ByItems(rest, found))
        {
            found.Add(form);
            rest.RemoveAll(entry => Item(form, entry) is not null);
        }

        // A few known questions in a long form of somebody else's do not make it a screening.
        return first is null && 2 * (entries.Answered.Count - rest.Count) < entries.Answered.Count ? [] : found;
    }

    /// <summary>The item of the form that an entry answers, by a code or by its question.</summary>
    internal static FormItem? Item(InstrumentForm form, FormEntry entry) =>
        entry.Names.Select(form.Item).FirstOrDefault(item => item is not null)
        ?? (entry.Item.Text is { } text ? form.Items.FirstOrDefault(item => PlainWords.Begin(item.Text, text)) : null);

    private static InstrumentForm? Named(FormEntries entries, IReadOnlyList<FormEntry> rest, List<InstrumentForm> found, int least = 0) => InstrumentForms.All
        .Where(form => !found.Contains(form) && IsNamed(form, entries)).Select(form => (Form: form, Known: rest.Count(entry => Item(form, entry) is not null)))
        .Where(one => one.Known >= Math.Min(least, Questions(one.Form))).OrderByDescending(one => one.Known).Select(one => one.Form).FirstOrDefault();

    private static bool IsNamed(InstrumentForm form, FormEntries entries) =>
        entries.Names.Contains(Words.Of(form.Instrument)) || form.Codes.Any(code => entries.Names.Contains(code.Code));

    // The PHQ-2 stands in the PHQ-9, the Hunger Vital Sign in the AHC tool: of those that know as much, the smallest.
    private static InstrumentForm? ByItems(List<FormEntry> rest, List<InstrumentForm> found)
    {
        InstrumentForm? best = null;
        var most = 0;
        foreach (var form in InstrumentForms.All.Where(form => !found.Contains(form)).OrderBy(form => form.Items.Count))
        {
            var known = rest.Count(entry => Item(form, entry) is { } item && IsOfItself(form, item) && Fits(item, entry));
            if (known > most && known >= Math.Min(Telling, Questions(form)))
                (best, most) = (form, known);
        }

        return best;
    }

    private static int Questions(InstrumentForm form) => form.Items.Count(item => item.Rule is null);

    // A supplement is other instruments' questions: who asks them asks not yet this one.
    private static bool IsOfItself(InstrumentForm form, FormItem item) => !form.Codes.Skip(1).Any(part => part.Code == item.Group?.LinkId);

    private static bool Fits(FormItem item, FormEntry entry) =>
        item.Type != FormItemType.Choice || entry.Item.Answer.Exists(answer => EntryAnswers.Option(item, answer.Value) is not null);
}
