using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Bundles;

/// <summary>Puts the server's own addresses where a resource of a transaction names other entries or describes what it refers to.</summary>
internal sealed class References(IReadOnlyDictionary<string, string> assigned, Func<string, string, string> find)
{
    // Elements of type uri and url that may name an entry (R4, "Accepting other Bundle types / replacing links").
    private static readonly HashSet<string> Links = ["url", "uri", "valueUri", "valueUrl", "valueCanonical", "targetUri", "instantiatesUri", "instantiatesCanonical"];

    /// <summary>Does it in place. <paramref name="path"/> is the resource's place in the Bundle.</summary>
    public void Rewrite(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject parent:
                foreach (var (name, child) in parent.ToList())
                    if (child.String() is { } text)
                        parent[name] = Text(name, text, path);
                    else
                        Rewrite(child, $"{path}.{name}");
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    Rewrite(list[i], $"{path}[{i}]");
                break;
        }
    }

    private string Text(string name, string text, string path) => name switch
    {
        "reference" => assigned.GetValueOrDefault(text) ?? (IsCondition(text) ? find(text, path) : text),
        "div" => assigned.Where(pair => text.Contains($"\"{pair.Key}\"", StringComparison.Ordinal)).Aggregate(text, (div, pair) => div.Replace($"\"{pair.Key}\"", $"\"{pair.Value}\"", StringComparison.Ordinal)),
        _ when Links.Contains(name) => assigned.GetValueOrDefault(text) ?? text,
        _ => text
    };

    public static bool IsCondition(string reference) =>
        reference.IndexOf('?', StringComparison.Ordinal) is var mark and > 0 && SearchParameters.IsType(reference[..mark]);
}
