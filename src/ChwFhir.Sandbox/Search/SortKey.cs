namespace ChwFhir.Sandbox.Search;

/// <summary>One key of <c>_sort</c>. What has no value comes last.</summary>
internal sealed record SortKey(string Name, ParameterKind? Kind, bool Down)
{
    /// <summary>The key as an SQL expression over <c>r</c>; never null, so that pages can be told apart by it.</summary>
    public string Expression(Where where, string type) => Kind switch
    {
        null => Name == "_id" ? "r.id" : "r.updated",
        ParameterKind.Date => Down
            ? $"coalesce((SELECT max(low) FROM date d WHERE d.row = r.row AND d.param = {where.Value(Name)}), {long.MinValue})"
            : $"coalesce((SELECT min(low) FROM date d WHERE d.row = r.row AND d.param = {where.Value(Name)}), {long.MaxValue})",
        _ => Down
            ? $"coalesce((SELECT max(folded) FROM text t WHERE t.row = r.row AND t.param = {where.Value(Name)}), '')"
            : $"coalesce((SELECT min(folded) FROM text t WHERE t.row = r.row AND t.param = {where.Value(Name)}), char(1114111))"
    };

    public static SortKey? Read(string type, string text)
    {
        var down = text.StartsWith('-');
        var name = down ? text[1..] : text;
        if (name is "_lastUpdated" or "_id")
            return new(name, null, down);
        var kind = SearchParameters.Find(type, name)?.Kind;
        return kind is ParameterKind.Date or ParameterKind.String ? new(name, kind, down) : null;
    }
}
