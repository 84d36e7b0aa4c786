using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>The page that says what each profile asks for, made of the differentials so that it cannot say anything else.</summary>
internal static class ProfilesPage
{
    internal static string Of(IEnumerable<JsonObject> profiles)
    {
        var page = new StringBuilder("# What each profile asks for\n\nMade by `dotnet run --project tools/ChwFhir.Profiles` of the differentials. What a parent asks for besides is on the parent's page. S: must support.\n");
        foreach (var profile in profiles)
        {
            page.Append('\n').Append("## ").Append(profile.Text("title")).Append("\n\n");
            page.Append($"`{profile.Text("id")}`, of {Parent(profile)}. {profile.Text("description")}");
            if (profile.Text("purpose") is { } purpose)
                page.Append(' ').Append(purpose);
            page.Append("\n\n| element | how often | | what |\n| --- | --- | --- | --- |\n");
            foreach (var element in profile["differential"]!.Objects("element").Skip(1))
                page.Append(Line(element, profile["snapshot"]!.Objects("element").First(one => one.Text("id") == element.Text("id"))));
            foreach (var rule in profile["differential"]!.Objects("element").SelectMany(element => element.Objects("constraint")))
                page.Append($"\n{(rule.Text("severity") == "error" ? "Rule" : "Advice")} `{rule.Text("key")}`: {rule.Text("human")} `{rule.Text("expression")!.Replace("|", "\\|", StringComparison.Ordinal)}`\n");
        }

        return page.ToString();
    }

    private static string Line(JsonObject element, JsonObject whole)
    {
        var (min, max) = (element["min"]?.ToJsonString(), element.Text("max"));
        var count = (min, max) switch { (null, null) => "", (_, null) => $"{min}..", (null, _) => $"..{max}", _ => $"{min}..{max}" };
        var id = element.Text("id")!;
        return $"| `{id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..]}` | {count} | {(element["mustSupport"]?.GetValue<bool>() is true ? "S" : "")} | {string.Join(". ", Said(element, whole).Where(part => part.Length > 0))} |\n";
    }

    private static IEnumerable<string> Said(JsonObject element, JsonObject whole)
    {
        yield return whole.Text("short") ?? "";
        foreach (var (name, value) in element)
        {
            if (name.StartsWith("pattern", StringComparison.Ordinal) || name.StartsWith("fixed", StringComparison.Ordinal))
                yield return $"`{Code(value!)}`";
        }

        if (element["binding"] is { } binding)
            yield return $"{binding.Text("strength")}: {Last(binding.Text("valueSet")!)}";
        if (element["type"] is not null)
            yield return string.Join(" or ", element.Objects("type").Select(Type));
    }

    private static string Code(JsonNode value) => value switch
    {
        JsonObject concept when concept.Objects("coding").FirstOrDefault() is { } coding => $"{coding.Text("system")}|{coding.Text("code")}".Replace("|", "\\|", StringComparison.Ordinal),
        JsonObject coding => $"{coding.Text("system")}|{coding.Text("code")}".Replace("|", "\\|", StringComparison.Ordinal),
        _ => value.GetValue<string>(),
    };

    private static string Type(JsonObject type)
    {
        var named = ((type["targetProfile"] ?? type["profile"]) as JsonArray)?.Select(one => Last(one!.GetValue<string>()));
        return named is null ? type.Text("code")! : $"{type.Text("code")} of {string.Join(", ", named)}";
    }

    private static string Parent(JsonObject profile) => profile.Text("baseDefinition")! switch
    {
        var url when url.Contains("/us/core/", StringComparison.Ordinal) => $"{Last(url)} 7.0.0",
        var url when url.StartsWith("http://hl7.org/fhir/StructureDefinition/", StringComparison.Ordinal) => $"R4 {Last(url)}",
        var url => Last(url),
    };

    private static string Last(string url) => url[(url.LastIndexOf('/') + 1)..];
}
