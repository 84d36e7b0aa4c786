using System.Text;

namespace ChwFhir.Sandbox.Search;

/// <summary>The conditions of one search as SQL, values apart.</summary>
internal sealed class Where
{
    private readonly StringBuilder conditions = new();
    private readonly List<object?> values = [];

    public object?[] Values => [.. values];

    public override string ToString() => conditions.ToString();

    /// <summary>The placeholder of a value.</summary>
    public string Value(object? value)
    {
        values.Add(value);
        return $"${values.Count - 1}";
    }

    public void And(string condition) => conditions.Append(conditions.Length == 0 ? "" : " AND ").Append(condition);

    /// <summary>The resources for which the parameter's table has a row as described (or, negated, has none).</summary>
    public void AndIndexed(string table, string type, string param, string? rows, bool negated = false) =>
        And($"r.row {(negated ? "NOT IN" : "IN")} (SELECT row FROM {table} WHERE type = {Value(type)} AND param = {Value(param)}{(rows is null ? "" : $" AND ({rows})")})");
}
