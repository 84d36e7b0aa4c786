using System.Globalization;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What stands in the form, by the names of its fields: as a browser posts it, as a draft on a phone keeps it, and as the last visit fills it.</summary>
public sealed class FormFields
{
    public static readonly FormFields None = new([]);

    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);

    public FormFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (var (name, value) in fields)
            Values(name).Add(value.ReplaceLineEndings("\n"));
    }

    public static FormFields Of(IFormCollection form) => new(form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))));

    public IEnumerable<KeyValuePair<string, string>> All => values.SelectMany(named => named.Value.Select(value => KeyValuePair.Create(named.Key, value)));

    /// <summary>Null when nothing stands there but space.</summary>
    public string? Text(string name) => values.TryGetValue(name, out var all) && all[^1].Trim() is { Length: > 0 } text ? text : null;

    public bool Has(string name) => Text(name) is not null;

    public IReadOnlyList<string> Each(string name) => values.TryGetValue(name, out var all) ? [.. all.Select(one => one.Trim()).Where(one => one.Length > 0)] : [];

    /// <summary>The rows of a list in their order: <c>needs.0</c>, <c>needs.2</c>.</summary>
    public IEnumerable<string> Rows(string list) =>
        from row in values.Keys.Where(name => name.StartsWith(list + ".", StringComparison.Ordinal)).Select(name => name[(list.Length + 1)..].Split('.')[0]).Distinct()
        let number = int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1
        where number >= 0
        orderby number
        select $"{list}.{row}";

    /// <summary>The row behind all the others.</summary>
    public string NextRow(string list) => $"{list}.{Rows(list).Select(row => int.Parse(row.AsSpan(list.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max() + 1}";

    public FormFields With(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var with = new FormFields(All);
        foreach (var (name, value) in more)
        {
            with.values.Remove(name);
            if (value is not null)
                with.Values(name).Add(value);
        }
        return with;
    }

    public FormFields And(string name, string value) => new([.. All, KeyValuePair.Create(name, value)]);

    /// <summary>Without a row and everything in it.</summary>
    public FormFields Without(string row) => new(All.Where(field => field.Key != row && !field.Key.StartsWith(row + ".", StringComparison.Ordinal)));

    private List<string> Values(string name)
    {
        if (!values.TryGetValue(name, out var all))
            values[name] = all = [];
        return all;
    }
}
