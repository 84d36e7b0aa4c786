namespace ChwFhir.Intake.Hl7;

/// <summary>One repetition of a field, taken apart as asked.</summary>
internal readonly record struct Hl7Value(string Raw, Hl7Separators Separators)
{
    public bool IsEmpty => Raw.Length == 0 || Raw == "\"\"";

    public string RawComponent(int number) => Raw.Split(Separators.Component) is var components && number <= components.Length ? components[number - 1] : "";

    /// <summary>The component's first part without its escapes; null when it is empty.</summary>
    public string? Text(int component, int part = 1)
    {
        var parts = RawComponent(component).Split(Separators.Subcomponent);
        if (part > parts.Length || parts[part - 1] is "" or "\"\"")
            return null;

        var text = Hl7Escapes.Plain(parts[part - 1], Separators).Replace('\n', ' ').Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>A hierarchic designator (HD) within a component: its parts as they stand.</summary>
    public (string? Namespace, string? Id, string? Type) Authority(int component) => (Text(component), Text(component, 2), Text(component, 3));
}
