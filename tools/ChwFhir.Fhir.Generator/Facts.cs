using System.Text.Json;

namespace ChwFhir.Fhir.Generator;

/// <summary>What the definition fixes about an element, in a few signs; none of its prose.</summary>
internal static class Facts
{
    public static string Of(JsonElement element, string? valueSetName)
    {
        var facts = new List<string> { $"{element.GetProperty("min").GetInt32()}..{element.Text("max")}" };
        if (element.Flag("isSummary"))
            facts.Add("Σ");
        if (element.Flag("isModifier"))
            facts.Add("?!");
        if (element.TryGetProperty("binding", out var binding) && binding.Text("strength") is "required" or "extensible")
            facts.Add($"{binding.Text("strength")} {valueSetName ?? binding.Text("valueSet")?.Split('|')[0].Split('/')[^1]}");
        var targets = element.Items("type").SelectMany(type => type.Items("targetProfile")).Select(target => target.GetString()!.Split('/')[^1]).Distinct().ToList();
        if (targets.Count > 0 && targets[0] != "Resource")
            facts.Add("→ " + string.Join('|', targets));

        return string.Join(' ', facts);
    }
}
