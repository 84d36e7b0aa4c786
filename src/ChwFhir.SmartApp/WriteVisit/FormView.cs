using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>The form as it is to be shown.</summary>
/// <param name="Faults">What is wrong, by field.</param>
public sealed record FormView(Wording Words, FormFields Form, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>What is said where rows are cloned from: a script puts a number in its place.</summary>
    public static string Placeholder(string list) => $"__{list}__";

    public string? Fault(string name) => Faults.FirstOrDefault(fault => fault.Field == name)?.Says;

    public static string IdOf(string name) => $"f-{name.Replace('.', '-')}";

    public bool HasFault(FormSection section) => Faults.Any(fault => fault.Field is { } field && IsIn(section.Items, "", field));

    private static bool IsIn(IEnumerable<FormItem> items, string row, string field) => items.Any(item => item switch
    {
        FormItem.Group group => field == group.Row || IsIn(group.Items, row, field),
        FormItem.Rows rows => field.StartsWith($"{row}{rows.Name}.", StringComparison.Ordinal),
        _ => field == row + item.Name,
    });
}
