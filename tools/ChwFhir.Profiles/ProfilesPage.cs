using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>The page that says what each profile asks for, made of the differentials so that it cannot say anything else.</summary>
internal static class ProfilesPage
{
    private const string Head = """
        # What each profile asks for

        Made by `dotnet run --project tools/ChwFhir.Profiles` of the differentials. What a parent asks for besides is on the parent's page.
        S: must support, which is: the service writes it as soon as a note says it, and whoever reads our resources should show it.


        """;

    internal static string Of(IReadOnlyList<JsonObject> profiles)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var profile in profiles.Where(one => !IsExtension(one)))
            Profile(page, profile);
        page.Append("## Extensions\n\nR4 has no element for these. `step-key` stands in written resources, `not-said` on the entries of a note's Bundle as we give it, the others in our Questionnaires alone.\n\n");
        foreach (var extension in profiles.Where(IsExtension))
            Extension(page, extension);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Profile(StringBuilder page, JsonObject profile)
    {
        var id = profile.Text("id");
        Title(page, "## ", profile);
        page.Append($"[`{id}`](../StructureDefinition-{id}.json), of {Parent(profile)}; [an example](../examples/{id}.json). {profile.Text("description")}");
        if (profile.Text("purpose") is { } purpose)
            page.Append(' ').Append(purpose);
        page.Append("\n\n| element | how often | | what |\n| --- | --- | --- | --- |\n");
        foreach (var element in profile["differential"]!.Objects("element").Skip(1).Where(Says))
            page.Append(Line(element, Whole(profile, element)));
        foreach (var rule in profile["differential"]!.Objects("element").SelectMany(element => element.Objects("constraint")))
            page.Append($"\n{(rule.Text("severity") == "error" ? "Rule" : "Advice")} `{rule.Text("key")}`: {rule.Text("human")} `{rule.Text("expression")}`\n");
        page.Append('\n');
    }

    /// <summary>An extension is read by its parts: what stands under their <c>url</c> and <c>value[x]</c> belongs to one line each.</summary>
    private static void Extension(StringBuilder page, JsonObject extension)
    {
        var id = extension.Text("id");
        Title(page, "### ", extension);
        page.Append($"[`{id}`](../StructureDefinition-{id}.json), on {string.Join(", ", extension.Objects("context").Select(context => $"`{context.Text("expression")}`"))}. {extension.Text("description")}\n\n| part | how often | type | what |\n| --- | --- | --- | --- |\n");
        var elements = extension["differential"]!.Objects("element").ToList();
        var parts = elements.Where(element => element.Text("sliceName") is not null && element.Text("id")!.Count(letter => letter == ':') == 1).ToList();
        foreach (var part in parts)
            page.Append(Row($"`{part.Text("sliceName")}`", Count(part), TypeOf($"{part.Text("id")}.value[x]") ?? "as there", part.Text("short") ?? ""));
        if (parts.Count == 0)
            page.Append(Row("the value", "1..1", TypeOf("Extension.value[x]") ?? "", elements.Find(element => element.Text("id") == "Extension.value[x]")?.Text("short") ?? extension.Text("title")!));
        page.Append('\n');

        string? TypeOf(string value) => elements.Find(element => element.Text("id") == value) is { } found && found.Objects("type").Select(type => type.Text("code")).FirstOrDefault() is { } type ? type : null;
    }

    private static void Title(StringBuilder page, string level, JsonObject definition) => page.Append(level).Append(definition.Text("title")).Append("\n\n");

    /// <summary>A slicing alone says how the parts are told apart, to a machine; the parts follow.</summary>
    private static bool Says(JsonObject element) => element.Any(member => member.Key is not ("id" or "path" or "slicing"));

    private static string Line(JsonObject element, JsonObject whole)
    {
        var id = element.Text("id")!;
        return Row($"`{id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]}`", Count(element), element["mustSupport"]?.GetValue<bool>() is true ? "S" : "", string.Join(". ", Said(element, whole).Where(part => part.Length > 0)));
    }

    /// <summary>A pipe would end the cell, in code too.</summary>
    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    private static string Count(JsonObject element) => (element["min"]?.ToJsonString(), element.Text("max")) switch
    {
        (null, null) => "",
        (var min, null) => $"{min}..",
        (null, var max) => $"..{max}",
        var (min, max) => $"{min}..{max}",
    };

    private static IEnumerable<string> Said(JsonObject element, JsonObject whole)
    {
        yield return whole.Text("short") ?? "";
        foreach (var (name, value) in element)
        {
            if (name.StartsWith("pattern", StringComparison.Ordinal) || name.StartsWith("fixed", StringComparison.Ordinal))
                yield return $"`{Code(value!)}`";
        }

        if (element["binding"] is { } binding)
            yield return $"{binding.Text("strength")}: {ValueSet(binding.Text("valueSet")!)}";
        if (element["type"] is not null)
            yield return string.Join(" or ", element.Objects("type").Select(Type));
    }

    private static string Code(JsonNode value) => value switch
    {
        JsonObject concept when concept.Objects("coding").FirstOrDefault() is { } coding => $"{coding.Text("system")}|{coding.Text("code")}",
        JsonObject coding => $"{coding.Text("system")}|{coding.Text("code")}",
        _ => value.GetValue<string>(),
    };

    private static string ValueSet(string url) => url.StartsWith("https://chwfhir.org/", StringComparison.Ordinal) ? $"[{Last(url)}](../ValueSet-{Last(url)}.json)" : Last(url);

    private static string Type(JsonObject type)
    {
        var named = ((type["targetProfile"] ?? type["profile"]) as JsonArray)?.Select(one => Last(one!.GetValue<string>()));
        return named is null ? type.Text("code")! : $"{type.Text("code")} {(type.Text("code") == "Reference" ? "to" : "of")} {string.Join(", ", named)}";
    }

    private static JsonObject Whole(JsonObject profile, JsonObject element) => profile["snapshot"]!.Objects("element").First(one => one.Text("id") == element.Text("id"));

    private static string Parent(JsonObject profile) => profile.Text("baseDefinition")! switch
    {
        var url when url.Contains("/us/core/", StringComparison.Ordinal) => $"[{Last(url)}](https://hl7.org/fhir/us/core/STU7/StructureDefinition-{Last(url)}.html) 7.0.0",
        var url when url.StartsWith("http://hl7.org/fhir/StructureDefinition/", StringComparison.Ordinal) => $"R4's [{Last(url)}](https://hl7.org/fhir/R4/{Last(url).ToLowerInvariant()}.html)",
        var url => $"[{Last(url)}](../StructureDefinition-{Last(url)}.json)",
    };

    private static bool IsExtension(JsonObject profile) => profile.Text("type") == "Extension";

    private static string Last(string url) => url[(url.LastIndexOf('/') + 1)..];
}
