using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Attacks;

/// <summary>Markup in the place of people's words.</summary>
internal static class Markup
{
    public const string Attack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)><a href=\"javascript:alert(4)\">x</a>";

    // Words of people; the other strings are codes, ids, dates and references.
    private static readonly HashSet<string> Words = ["text", "narrative", "name", "title", "worries", "strengths", "understandsIllness", "whatHelps", "relationship", "tried", "where", "bestTime", "pets", "safety", "access", "topic", "material", "source"];

    private static readonly HashSet<string> WordsOfFhir = ["text", "display", "description", "title", "name", "family", "given", "prefix", "line", "city", "contentString", "valueString", "summary", "note"];

    /// <summary>In a note of ours.</summary>
    /// <returns>How many were replaced.</returns>
    public static int Replace(JsonNode? node, string by = Attack)
    {
        var count = 0;
        if (node is JsonArray list)
            foreach (var item in list)
                count += Replace(item, by);
        if (node is not JsonObject members)
            return count;
        foreach (var (name, value) in members.ToList())
        {
            if (IsText(value) && Words.Contains(name) && !(name == "topic" && members.ContainsKey("urgency")))
            {
                members[name] = by;
                count++;
            }
            else
                count += Replace(value, by);
        }
        return count;
    }

    /// <summary>In a resource of the EHR.</summary>
    public static void ReplaceInFhir(JsonObject resource, string by)
    {
        foreach (var (name, value) in resource.ToList())
        {
            if (IsText(value) && WordsOfFhir.Contains(name))
                resource[name] = by;
            else if (value is JsonArray texts && texts.Count > 0 && texts.All(IsText) && WordsOfFhir.Contains(name))
                resource[name] = new JsonArray(by);
            else if (value is JsonArray parts)
                foreach (var part in parts.OfType<JsonObject>())
                    ReplaceInFhir(part, by);
            else if (value is JsonObject inner && inner["div"] is null)
                ReplaceInFhir(inner, by);
        }
    }

    private static bool IsText(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out _);
}
