namespace ChwFhir.Fhir.Generator;

/// <summary>The methods of a class: write, read, copy, children. One line a member.</summary>
internal static class CodeEmitter
{
    // Bits 0 to 8 of what has been seen belong to the classes written by hand.
    private const int FirstBit = 9;

    public static void Write(SourceText text, ClassModel model)
    {
        text.Open("internal override void WriteMembers(Utf8JsonWriter to)").Line("base.WriteMembers(to);");
        foreach (var element in model.Elements)
            text.Line(Put(element));
        text.Close();
    }

    public static void Read(SourceText text, ClassModel model)
    {
        var plain = model.Elements.Where(element => element.Kind != ElementKind.Choice).ToList();
        if (plain.Count + FirstBit > 64)
            throw new NotSupportedException($"{model.Name} has more members than a long has bits");

        if (plain.Count > 0)
            ReadMembers(text, plain);

        var choices = model.Elements.Where(element => element.Kind == ElementKind.Choice).ToList();
        if (choices.Count > 0)
            ReadChoices(plain.Count > 0 ? text.Line() : text, choices);
    }

    public static void Copy(SourceText text, ClassModel model)
    {
        text.Open("private protected override void CopyTo(Base copy)").Line("base.CopyTo(copy);").Line($"var to = ({model.Name})copy;");
        foreach (var element in model.Elements)
            text.Line(Copy(element));
        text.Close();
    }

    public static void Children(SourceText text, ClassModel model)
    {
        var children = model.Elements.Where(element => !element.IsPrimitive).ToList();
        if (children.Count == 0)
            return;

        text.Line().Open("private protected override void AddChildren(List<Base> to)").Line("base.AddChildren(to);");
        foreach (var element in children)
            text.Line($"Add(to, {Stored(element)});");
        text.Close();
    }

    /// <summary>What validation knows of the class, and how it gets at each member by its number.</summary>
    public static void Rules(SourceText text, ClassModel model)
    {
        var hides = BaseFacts(model).EndsWith(".TheFacts", StringComparison.Ordinal) ? "new " : "";
        text.Line($"internal static {hides}readonly TypeFacts TheFacts = new(\"{model.TypeName}\", {BaseFacts(model)}, \"{string.Join(' ', model.Invariants)}\",");
        text.Line("[");
        foreach (var element in model.Elements)
            text.Line($"    \"{element.Rule}\",");
        text.Line("]);").Line("internal override TypeFacts Facts => TheFacts;");
        if (model.Elements.Count == 0)
            return;

        text.Line().Open("internal override object? At(int element) => element switch");
        for (var i = 0; i < model.Elements.Count; i++)
            text.Line($"{FirstElement(model) + i} => {Seen(model.Elements[i])},");
        text.Line("_ => base.At(element),").Close(";");
    }

    private static string BaseFacts(ClassModel model) => model.Base switch
    {
        "DataType" or "Element" => "ElementFacts",
        "BackboneType" or "BackboneElement" => "BackboneFacts",
        "Resource" => "ResourceFacts",
        "DomainResource" => "DomainFacts",
        _ => model.Base + ".TheFacts",
    };

    // Members that classes written by hand have come first.
    private static int FirstElement(ClassModel model) => model.Base switch
    {
        "DataType" or "Element" => 2,
        "BackboneType" or "BackboneElement" => 3,
        "Resource" => 4,
        "DomainResource" => 8,
        _ => throw new NotSupportedException($"{model.Name} adds members to {model.Base}"),
    };

    private static string Seen(ElementModel element) => (element.Kind, element.IsList) switch
    {
        (ElementKind.Enum, true) => $"Codes({Stored(element)})",
        (ElementKind.Enum, false) => $"Code({Stored(element)})",
        (ElementKind.Boolean or ElementKind.Integer, false) => $"Boxed({Stored(element)})",
        _ => Stored(element),
    };

    private static void ReadMembers(SourceText text, List<ElementModel> plain)
    {
        text.Open("internal override bool ReadMember(ref FhirReader json, ReadOnlySpan<byte> name, ref ulong seen)").Open("switch (name.Length)");
        foreach (var group in plain.GroupBy(element => element.Name.Length).OrderBy(group => group.Key))
        {
            text.Line($"case {group.Key}:");
            foreach (var element in group)
                text.Line($"    if (name.SequenceEqual(\"{element.Name}\"u8)) {{ if (json.First(ref seen, {FirstBit + plain.IndexOf(element)})) {Take(element)} return true; }}");
            text.Line("    break;");
        }

        text.Close().Line().Line("return base.ReadMember(ref json, name, ref seen);").Close();
    }

    private static void ReadChoices(SourceText text, List<ElementModel> choices)
    {
        text.Open("internal override bool ReadChoice(ref FhirReader json, ReadOnlySpan<byte> name, bool beside)");
        foreach (var choice in choices)
            text.Line($"if (json.IsChoice(name, \"{choice.Name}\"u8, {Allowed(choice)}, {choice.Property}, out var {choice.Name}Kind)) {{ {choice.Property} = json.Choice({choice.Name}Kind, {choice.Property}, beside); return true; }}");
        text.Line().Line("return base.ReadChoice(ref json, name, beside);").Close();
    }

    private static string Put(ElementModel element)
    {
        var name = $"{(element.Kind == ElementKind.Choice ? "ChoiceNames" : "Names")}.{Naming.Pascal(element.Name)}";
        var put = (element.Kind, element.IsList) switch
        {
            (ElementKind.Choice, false) => "PutChoice",
            (ElementKind.Enum, true) => "PutCodes",
            (ElementKind.Enum, false) => "PutCode",
            (ElementKind.Text, true) => "PutTexts",
            (ElementKind.Complex or ElementKind.Resource, true) => "PutList",
            (_, false) => "Put",
            _ => throw new NotSupportedException($"a list of {element.Type}"),
        };

        return $"{put}(to, {name}, {Stored(element)});";
    }

    private static string Take(ElementModel element)
    {
        var at = $"this, \"{element.Name}\"";

        return (element.Kind, element.IsList) switch
        {
            (ElementKind.Complex, true) => $"for (var at = 0; json.Next({at}, ref at);) {element.Property}.Add(json.Item(new {element.Type}()));",
            (ElementKind.Complex, false) => $"{element.Property} = json.Object(new {element.Type}(), {at});",
            (ElementKind.Resource, true) => $"for (var at = 0; json.Next({at}, ref at);) {element.Property}.Add(json.Resource());",
            (ElementKind.Resource, false) => $"{element.Property} = json.Resource({at});",
            (ElementKind.Enum, true) => $"{element.Field} = json.Codes<{element.Type}>({at});",
            (ElementKind.Enum, false) => $"{element.Property} = json.Code<{element.Type}>({at});",
            (ElementKind.Text, true) => $"{element.Field} = json.Texts({at});",
            (ElementKind.Instant, false) => $"{element.Field} = json.Instant({at});",
            (var kind, false) => $"{element.Property} = json.{kind}({at});",
            _ => throw new NotSupportedException($"a list of {element.Type}"),
        };
    }

    private static string Copy(ElementModel element)
    {
        var stored = Stored(element);
        var copied = element switch
        {
            { IsPrimitive: false } => $"Copied({stored})",
            { IsList: true } => $"{stored} is null ? null : [.. {stored}]",
            { Kind: ElementKind.Bytes } => $"{stored} is null ? null : [.. {stored}]",
            _ => stored,
        };

        return $"to.{stored} = {copied};";
    }

    // The field where there is one: the property would make a list or parse a date.
    private static string Stored(ElementModel element) => element.IsList || element.Kind == ElementKind.Instant ? element.Field : element.Property;

    private static string Allowed(ElementModel choice) =>
        choice.Kinds.Count > 40 ? "DataKind.Any" : string.Join(" | ", choice.Kinds.Select(kind => "DataKind." + Naming.Class(kind)));
}
