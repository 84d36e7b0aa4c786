namespace ChwFhir.Fhir.Generator;

/// <summary>What is looked up by name: the codes of every enum, the names of members, the classes of types.</summary>
internal static class TablesEmitter
{
    public static string EnumLiterals(IEnumerable<EnumModel> enums)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The codes of each enum in the order of its members: pairs of code system and its codes, parted by bars.</summary>");
        text.Open("internal static class EnumLiterals").Open("public static string[] Of(Type type)");
        foreach (var model in enums)
            text.Line($"if (type == typeof({model.FullName})) return [{string.Join(", ", Runs(model))}];");
        text.Line("throw new ArgumentException(\"not an enum of this model\", nameof(type));");

        return text.Close().Close().ToString();
    }

    private static IEnumerable<string> Runs(EnumModel model)
    {
        for (var at = 0; at < model.Codes.Count;)
        {
            var system = model.Codes[at].System;
            var run = model.Codes.Skip(at).TakeWhile(code => code.System == system).Select(code => code.Code).ToList();
            yield return $"\"{system}\", \"{string.Join('|', run)}\"";
            at += run.Count;
        }
    }

    public static string Names(IEnumerable<TypeModel> types)
    {
        var names = Elements(types).Where(element => element.Kind != ElementKind.Choice).Select(element => element.Name);
        string[] byHand = ["resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension"];

        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The names of members, as JSON has them.</summary>").Open("internal static class Names");
        foreach (var name in names.Concat(byHand).Distinct().Order(StringComparer.Ordinal))
            text.Line($"public static readonly JsonEncodedText {Naming.Pascal(name)} = JsonEncodedText.Encode(\"{name}\");");

        return text.Close().ToString();
    }

    public static string ChoiceNames(IEnumerable<TypeModel> types)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The names of choice elements, without the type that JSON puts behind them.</summary>").Open("internal static class ChoiceNames");
        foreach (var name in Elements(types).Where(element => element.Kind == ElementKind.Choice).Select(element => element.Name).Distinct().Order(StringComparer.Ordinal))
            text.Line($"public static readonly ChoiceName {Naming.Pascal(name)} = new(\"{name}\");");

        return text.Close().ToString();
    }

    public static string DataKind(IEnumerable<TypeModel> types)
    {
        var kinds = Kinds(types);
        if (kinds.Count > 63)
            throw new NotSupportedException("more types in choice elements than a long has bits");

        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The types that choice elements hold; a set of them says which an element allows.</summary>").Line("[Flags]").Open("internal enum DataKind : ulong");
        for (var i = 0; i < kinds.Count; i++)
            text.Line($"{Naming.Class(kinds[i])} = 1UL << {i},");
        text.Line($"Any = (1UL << {kinds.Count}) - 1,");

        return text.Close().ToString();
    }

    public static string DataTypes(IEnumerable<TypeModel> types)
    {
        var kinds = Kinds(types);
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The types of choice elements by the name that JSON puts behind the element's.</summary>").Open("internal static class DataTypes");
        text.Open("public static DataKind Find(ReadOnlySpan<byte> name)").Open("switch (name.Length)");
        foreach (var group in kinds.GroupBy(kind => kind.Length).OrderBy(group => group.Key))
        {
            text.Line($"case {group.Key}:");
            foreach (var kind in group)
                text.Line($"    if (name.SequenceEqual(\"{Naming.Pascal(kind)}\"u8)) return DataKind.{Naming.Class(kind)};");
            text.Line("    break;");
        }

        text.Close().Line().Line("return 0;").Close();
        text.Line().Open("public static DataType New(DataKind kind) => kind switch");
        foreach (var kind in kinds)
            text.Line($"DataKind.{Naming.Class(kind)} => new {Naming.Class(kind)}(),");
        text.Line("_ => throw new ArgumentOutOfRangeException(nameof(kind)),").Close(";");

        return text.Close().ToString();
    }

    public static string ResourceTypes(IEnumerable<TypeModel> types)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The resources that have a class.</summary>").Open("internal static class ResourceTypes");
        text.Open("public static Resource? New(ReadOnlySpan<byte> type)").Open("switch (type.Length)");
        foreach (var group in types.Where(type => type.Root.IsResource).GroupBy(type => type.Root.Name.Length).OrderBy(group => group.Key))
        {
            text.Line($"case {group.Key}:");
            foreach (var type in group)
                text.Line($"    if (type.SequenceEqual(\"{type.Root.Name}\"u8)) return new {type.Root.Name}();");
            text.Line("    break;");
        }

        return text.Close().Line().Line("return null;").Close().Close().ToString();
    }

    public static string TypeTable(IEnumerable<TypeModel> types)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>What validation knows of types and components, by their names.</summary>").Open("internal static class TypeTable");
        text.Open("public static TypeFacts? Of(string name) => name switch");
        foreach (var type in types)
        {
            foreach (var model in type.Classes)
                text.Line($"\"{model.TypeName}\" => {(model == type.Root ? "" : type.Root.Name + ".")}{model.Name}.TheFacts,");
        }

        return text.Line("_ => null,").Close(";").Close().ToString();
    }

    public static string RequiredCodes(IEnumerable<EnumModel> enums)
    {
        var text = new SourceText().Line().Line("namespace ChwFhir.Fhir.Model;").Line();
        text.Line("/// <summary>The enum of a value set; null for one that has none.</summary>").Open("internal static class RequiredCodes");
        text.Open("public static Type? Of(string valueSet) => valueSet switch");
        foreach (var model in enums.DistinctBy(model => model.ValueSet))
            text.Line($"\"{model.ValueSet}\" => typeof({model.FullName}),");

        return text.Line("_ => null,").Close(";").Close().ToString();
    }

    private static IEnumerable<ElementModel> Elements(IEnumerable<TypeModel> types) => types.SelectMany(type => type.Classes).SelectMany(model => model.Elements);

    private static List<string> Kinds(IEnumerable<TypeModel> types) => [.. Elements(types).SelectMany(element => element.Kinds).Distinct().Order(StringComparer.Ordinal)];
}
