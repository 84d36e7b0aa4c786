using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>The list of the ImplementationGuide: everything that is published, each profile with its example.</summary>
internal static class Guide
{
    internal static JsonObject Listed(JsonObject guide, IEnumerable<JsonObject> published, IEnumerable<(string Profile, JsonObject Resource)> examples)
    {
        var listed = guide.DeepClone().AsObject();
        var resources = new JsonArray();
        foreach (var one in published)
            resources.Add((JsonNode)Entry(one, one.Text("title") ?? one.Text("name")!, one.Text("description"), "exampleBoolean", false));
        foreach (var (profile, resource) in examples)
            resources.Add((JsonNode)Entry(resource, $"Example of {profile}", null, "exampleCanonical", $"{Canonical}/StructureDefinition/{profile}"));

        listed["definition"]!["resource"] = resources;
        return listed;
    }

    private const string Canonical = "https://chwfhir.org/fhir";

    private static JsonObject Entry(JsonObject resource, string name, string? description, string member, JsonNode value)
    {
        var entry = new JsonObject { ["reference"] = new JsonObject { ["reference"] = $"{resource.Text("resourceType")}/{resource.Text("id")}" }, ["name"] = name };
        if (description is not null)
            entry["description"] = description;
        entry[member] = value;
        return entry;
    }
}
