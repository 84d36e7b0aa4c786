using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>An example of each profile: the first resource that claims it in the expected output of the mapping, with the addresses that it would have on a server.</summary>
internal static class Examples
{
    /// <param name="bundles">The expected Bundles, the fullest first.</param>
    internal static IEnumerable<(string Profile, JsonObject Resource)> Of(IEnumerable<JsonObject> profiles, IReadOnlyList<JsonObject> bundles)
    {
        foreach (var profile in profiles)
        {
            foreach (var bundle in bundles)
            {
                if (bundle.Objects("entry").FirstOrDefault(entry => Claims(entry["resource"]!, profile.Text("url")!)) is not { } entry)
                    continue;

                yield return (profile.Text("id")!, OnAServer(entry, bundle));
                break;
            }
        }
    }

    private static bool Claims(JsonNode resource, string url) => resource["meta"]?["profile"] is JsonArray claimed && claimed.Any(one => one!.GetValue<string>() == url);

    private static JsonObject OnAServer(JsonObject entry, JsonObject bundle)
    {
        var resource = new JsonObject { ["resourceType"] = entry["resource"]!.Text("resourceType"), ["id"] = Id(entry) };
        foreach (var (name, value) in entry["resource"]!.AsObject())
        {
            if (name is not "resourceType")
                resource[name] = value!.DeepClone();
        }

        // A transaction's own addresses mean nothing outside it.
        var text = resource.ToJsonString();
        foreach (var other in bundle.Objects("entry"))
            text = text.Replace($"\"{other.Text("fullUrl")}\"", $"\"{other["resource"]!.Text("resourceType")}/{Id(other)}\"", StringComparison.Ordinal);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static string Id(JsonObject entry) => entry.Text("fullUrl")!["urn:uuid:".Length..];
}
