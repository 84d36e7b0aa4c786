using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What stands in a form that could not be sent, as lines that somebody can copy: every answer with its question. Pure.</summary>
internal static class WrittenWords
{
    /// <summary>Null where nobody wrote anything.</summary>
    public static string? Of(IFormCollection posted, Wording words) => Of(FormFields.Of(posted), words);

    public static string? Of(FormFields form, Wording words)
    {
        // What was told stands first and by itself, as it was written.
        List<string> parts = form.Text("narrative") is { } told ? [told] : [];
        foreach (var section in VisitForm.Sections.Where(section => section.IsAnswered(form)).Prepend(VisitForm.Visit))
        {
            if (Lines(section.Items.Where(item => item.Name != "narrative"), "", form, words).ToList() is { Count: > 0 } lines)
                parts.Add(string.Join('\n', lines.Prepend(words[section.Label])));
        }
        return VisitForm.Answered(form) > 0 ? string.Join("\n\n", parts) : null;
    }

    private static IEnumerable<string> Lines(IEnumerable<FormItem> items, string row, FormFields form, Wording words) => items.SelectMany(item => item switch
    {
        FormItem.Carried or FormItem.Past => [],
        FormItem.Group group => Lines(group.Items, row, form, words),
        FormItem.Rows rows => form.Rows(row + rows.Name).SelectMany((one, i) => Row(rows, one, words.Say(rows.Label, i + 1), form, words)),
        _ => form.Text(row + item.Name) is { } value && Says(item, value, words) is { } said ? [said] : Array.Empty<string>(),
    });

    // Of what is known from before nothing is said unless somebody answered it.
    private static IEnumerable<string> Row(FormItem.Rows rows, string row, string title, FormFields form, Wording words)
    {
        if (form.Has($"{row}.known") && !rows.IsAnswered(row, form))
            return [];
        List<string> lines = [.. Lines(rows.Items, row + ".", form, words)];
        return lines.Count > 0 ? lines.Select(line => $"  {line}").Prepend(title) : [];
    }

    private static string? Says(FormItem item, string value, Wording words) => item switch
    {
        FormItem.Tick => words[item.Label],
        FormItem.Choice { First: { } first } when value == first => null,
        FormItem.Choice choice => $"{words[item.Label]}: {words.Of(choice.Words, value)}",
        _ => $"{words[item.Label]}: {value}",
    };
}
