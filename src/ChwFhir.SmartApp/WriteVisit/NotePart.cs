using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>An object of the note as it is put together. What stands in no field is no member; which field a member comes from is remembered, also where it is missing.</summary>
internal sealed class NotePart(FormFields form, string pointer, string row, Dictionary<string, string> fields)
{
    public JsonObject Json { get; } = [];

    public bool IsEmpty => Json.Count == 0;

    public NotePart Text(string member, string field) => Put(member, field, form.Text(row + field));

    /// <summary>The same for what nobody typed.</summary>
    public NotePart Value(string member, JsonNode? value)
    {
        if (value is not null)
            Json[member] = value;
        return this;
    }

    /// <summary>A number where it is one; else as it stands, so that the reader says what is wrong with it.</summary>
    public NotePart Number(string member, string field) => Put(member, field, form.Text(row + field) is { } text ? NumberOf(text) : null);

    public NotePart Flag(string member, string field) => Put(member, field, form.Has(row + field) ? true : null);

    public NotePart YesNo(string member, string field) => Put(member, field, form.Text(row + field) switch { "yes" => true, "no" => false, _ => null });

    /// <summary>A list of one.</summary>
    public NotePart One(string member, string field, string prefix = "") => Put(member, field, form.Text(row + field) is { } text ? new JsonArray(prefix + text) : null);

    public NotePart Hold(string field = "hold", string member = "hold")
    {
        fields[$"{pointer}/{member}"] = row + field;
        return form.Text(row + field) is { } why ? Value(member, new JsonObject { ["why"] = why }) : this;
    }

    /// <summary>An object within; no member where nothing of it is said.</summary>
    public NotePart Within(string member, string below, Action<NotePart> write)
    {
        var part = new NotePart(form, $"{pointer}/{member}", row + below, fields);
        write(part);
        return part.IsEmpty ? this : Value(member, part.Json);
    }

    /// <summary>The rows of a list that say something.</summary>
    public NotePart Each(string member, string list, Func<string, bool> says, Action<NotePart, string> write) => Append(member, form.Rows(row + list).Where(says), write);

    /// <summary>Adds to a list, which may be there already.</summary>
    public NotePart Append(string member, IEnumerable<string> rows, Action<NotePart, string> write)
    {
        var entries = Json[member] as JsonArray ?? [];
        foreach (var one in rows)
        {
            var at = $"{pointer}/{member}/{entries.Count.ToString(CultureInfo.InvariantCulture)}";
            var part = new NotePart(form, at, one.Length == 0 ? "" : one + ".", fields);
            if (one.Length > 0)
                fields[at] = one;
            write(part, one);
            entries.Add(part.Json);
        }
        if (entries is { Count: > 0, Parent: null })
            Json[member] = entries;
        return this;
    }

    private NotePart Put(string member, string field, JsonNode? value)
    {
        fields[$"{pointer}/{member}"] = row + field;
        return Value(member, value);
    }

    // "81,2" is what a Spanish keyboard gives; "1,200" could be either and is nobody's guess.
    private static JsonNode NumberOf(string text)
    {
        var plain = text.Length - text.LastIndexOf(',') is 2 or 3 && text.Count(sign => sign == ',') == 1 ? text.Replace(',', '.') : text;
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
    }
}
