using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>One element: what the differential says on what the parent says.</summary>
internal static class ElementMerge
{
    /// <summary>Words about the element that belong to the parent's own page; a snapshot of ours says the short one.</summary>
    private static readonly string[] LeftOut = ["comment", "requirements", "alias", "mapping", "example", "orderMeaning", "extension"];

    private static readonly string[] Order =
    [
        "id", "path", "representation", "sliceName", "slicing", "short", "definition", "min", "max", "base", "contentReference", "type", "meaningWhenMissing", "maxLength",
        "condition", "constraint", "mustSupport", "isModifier", "isModifierReason", "isSummary", "binding",
    ];

    internal static void Put(JsonObject said, JsonObject element, string profile)
    {
        foreach (var (name, value) in said)
        {
            if (name is "constraint")
                AddRules(element, said, profile);
            else if (name is "condition" && element["condition"] is JsonArray known)
                known.Add(value!.AsArray().Select(one => one!.DeepClone()).ToArray());
            else if (value is JsonObject given && name.StartsWith("pattern", StringComparison.Ordinal) && element[name] is JsonObject before)
                element[name] = Both(before, given);
            else if (name is "binding" && value is JsonObject bound && element[name] is JsonObject binding)
                Over(binding, bound);
            else if (name is not ("id" or "path"))
                element[name] = value!.DeepClone();
        }
    }

    /// <summary>Leaves what a validator and a reader need.</summary>
    internal static void Tidy(JsonObject element)
    {
        foreach (var name in LeftOut)
            element.Remove(name);
        foreach (var rule in element.Objects("constraint"))
        {
            rule.Remove("xpath");
            rule.Remove("extension");
        }

        foreach (var part in (string[])["binding", "slicing"])
            (element[part] as JsonObject)?.Remove("extension");
        if (element["binding"] is JsonObject binding && (binding["valueSet"] ?? binding["description"]) is null)
            element.Remove("binding");
        else if (element["binding"]?["valueSet"] is not null)
            element["binding"]!.AsObject().Remove("description");
        // A snapshot must have a formal definition of every element (sdf-3).
        element["definition"] ??= element.Text("short") ?? element.Text("path");
    }

    internal static JsonObject Ordered(JsonObject element)
    {
        var ordered = new JsonObject();
        foreach (var name in element.Select(member => member.Key).OrderBy(name => Array.IndexOf(Order, name) is >= 0 and var place ? place : Order.Length))
            ordered[name] = element[name]!.DeepClone();
        return ordered;
    }

    private static void AddRules(JsonObject element, JsonObject said, string profile)
    {
        var rules = element["constraint"] as JsonArray ?? [];
        foreach (var rule in said.Objects("constraint"))
        {
            var copy = rule.DeepClone().AsObject();
            copy["source"] ??= profile;
            rules.Add((JsonNode)copy);
        }

        element["constraint"] = rules;
    }

    /// <summary>A binding may say its strength alone: the value set stays.</summary>
    private static void Over(JsonObject binding, JsonObject said)
    {
        foreach (var (name, value) in said)
            binding[name] = value!.DeepClone();
    }

    /// <summary>A pattern on a pattern asks for both.</summary>
    private static JsonObject Both(JsonObject before, JsonObject given)
    {
        var both = before.DeepClone().AsObject();
        foreach (var (name, value) in given)
            both[name] = value is JsonArray said && both[name] is JsonArray there
                ? new JsonArray([.. there.Concat(said).Select(one => one!.DeepClone()).DistinctBy(one => one.ToJsonString())])
                : value!.DeepClone();
        return both;
    }
}
