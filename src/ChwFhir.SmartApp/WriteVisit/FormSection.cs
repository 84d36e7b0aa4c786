namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>A part of the conversation.</summary>
public sealed record FormSection(string Name, IReadOnlyList<FormItem> Items)
{
    public string Label => $"form.{Name}";

    /// <summary>Whether somebody has answered something here; what is known from before is no answer.</summary>
    public bool IsAnswered(FormFields form) => IsAnswered(Items, "", form);

    internal static bool IsAnswered(IEnumerable<FormItem> items, string row, FormFields form) => items.Any(item => item switch
    {
        FormItem.Carried or FormItem.Past => false,
        FormItem.Rows rows => form.Rows(row + rows.Name).Any(one => rows.IsAnswered(one, form)),
        FormItem.Group group => IsAnswered(group.Items, row, form),
        { Fact: true } when row.Length == 0 || form.Has(row + "known") => false,
        FormItem.Choice { First: { } first } => form.Text(row + item.Name) is { } chosen && chosen != first,
        _ => form.Has(row + item.Name),
    });
}
