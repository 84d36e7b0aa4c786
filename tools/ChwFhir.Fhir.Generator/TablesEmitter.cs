namespace ChwFhir.Fhir.Generator;

/// <summary>What is looked up by name: the codes of every enum.</summary>
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
}
