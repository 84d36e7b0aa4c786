using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Search;

/// <summary>One search parameter as it was asked: <c>name:modifier=value,value</c>.</summary>
internal sealed record Criterion(string Type, SearchParameter Parameter, string? Modifier, string Raw)
{
    private static readonly Dictionary<ParameterKind, string[]> Modifiers = new()
    {
        [ParameterKind.Token] = ["missing", "not"],
        [ParameterKind.Uri] = ["missing"],
        [ParameterKind.Date] = ["missing"],
        [ParameterKind.String] = ["missing", "exact", "contains"]
    };

    private string Table => Parameter.Kind switch
    {
        ParameterKind.Reference => "ref",
        ParameterKind.Date => "date",
        ParameterKind.String => "text",
        _ => "token"
    };

    public bool IsKnown => Modifier is null || (Parameter.Kind == ParameterKind.Reference
        ? Modifier is "missing" or "identifier" || SearchParameters.IsType(Modifier)
        : Modifiers[Parameter.Kind].Contains(Modifier));

    /// <summary>The alternatives, by their commas.</summary>
    public IEnumerable<string> Values => Escapes.Split(Raw, ',').Where(value => value.Length > 0);

    public void Write(Where where, ServerAddress address)
    {
        if (Modifier == "missing")
        {
            where.AndIndexed(Table, Type, Parameter.Name, null, negated: Raw switch { "true" => true, "false" => false, _ => throw Bad("true or false") });
            return;
        }
        if (!Values.Any())
            throw Bad("a value");
        if (Modifier == "identifier")
        {
            where.AndIndexed("token", Type, $"{Parameter.Name}:identifier", AnyOf(value => Token(where, value)));
            return;
        }
        where.AndIndexed(Table, Type, Parameter.Name, AnyOf(value => Parameter.Kind switch
        {
            ParameterKind.Token => Token(where, value),
            ParameterKind.Uri => $"value = {where.Value(Escapes.Undo(value))}",
            ParameterKind.Reference => Reference(where, value, address),
            ParameterKind.Date => DateCondition.Read(Parameter.Name, Escapes.Undo(value)).Sql(where, "low", "high"),
            _ => Text(where, value)
        }), negated: Modifier == "not");
    }

    private string AnyOf(Func<string, string> condition) => string.Join(" OR ", Values.Select(value => $"({condition(value)})"));

    private static string Token(Where where, string value)
    {
        if (Escapes.Split(value, '|').ToArray() is not [var system, var code])
            return $"value = {where.Value(Escapes.Undo(value))}";
        if (code.Length == 0)
            return $"system = {where.Value(Escapes.Undo(system))}";
        return $"value = {where.Value(Escapes.Undo(code))} AND (system = {where.Value(Escapes.Undo(system))} OR system IS NULL)";
    }

    private string Reference(Where where, string value, ServerAddress address)
    {
        var text = Escapes.Undo(value);
        var wanted = Modifier ?? Parameter.Target;
        if (!text.Contains('/', StringComparison.Ordinal) && !text.StartsWith("urn:", StringComparison.Ordinal))
            return $"target = {where.Value(text)}" + (wanted is null ? " AND target_type <> ''" : $" AND target_type = {where.Value(wanted)}");
        var target = Rest.Reference.Read(text, address) ?? throw Bad("a reference");
        var condition = $"target = {where.Value(target.Id)} AND target_type = {where.Value(target.Type)}";
        return wanted is null || target.Type.Length == 0 || target.Type == wanted ? condition : "0";
    }

    private string Text(Where where, string value)
    {
        var text = Escapes.Undo(value);
        if (Modifier == "exact")
            return $"value = {where.Value(text)}";
        var folded = where.Value(Folding.Fold(text));
        return Modifier == "contains" ? $"instr(folded, {folded}) > 0" : $"folded >= {folded} AND folded < {folded} || char(1114111)";
    }

    private Refusal Bad(string expected) => new(400, "invalid", $"The search parameter {Parameter.Name} takes {expected}.");
}
