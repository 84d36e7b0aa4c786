namespace ChwFhir.Fhir.Model;

/// <summary>What the specification says of a class: its members in order, inherited ones first, and the rules that hold for it.</summary>
internal sealed class TypeFacts
{
    private Validation.Rule[]? _rules;

    /// <param name="rules">The keys of the rules, parted by spaces, a question mark behind a warning.</param>
    /// <param name="elements">A line a member, as <see cref="ElementRule"/> reads it.</param>
    public TypeFacts(string typeName, TypeFacts? inherits, string rules, string[] elements)
    {
        TypeName = typeName;
        RuleKeys = [.. (inherits?.RuleKeys ?? []).Concat(rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        Elements = [.. inherits?.Elements ?? [], .. elements.Select(ElementRule.Of)];
    }

    public string TypeName { get; }

    public string[] RuleKeys { get; }

    public ElementRule[] Elements { get; }

    /// <summary>Those of the rules that are written; made when first asked for.</summary>
    public Validation.Rule[] Rules => _rules ??= Validation.BaseRules.For(this);

    /// <summary>The number of a member by its name (<c>value</c> or <c>value[x]</c>, or <c>valueQuantity</c> for it); -1 for none.</summary>
    public int IndexOf(string name)
    {
        var plain = name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name;
        var found = Array.FindIndex(Elements, element => element.Name == plain);

        return found >= 0 ? found : Array.FindIndex(Elements, element => element.Shape == ElementShape.Choice && plain.StartsWith(element.Name, StringComparison.Ordinal));
    }
}
