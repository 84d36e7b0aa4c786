using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>The answer to a search. Pure.</summary>
/// <param name="root">Address of this door.</param>
internal sealed class SearchBundle(string root, FhirQuery query)
{
    /// <param name="self">What was really searched, as the query of an address.</param>
    /// <param name="next">Null: there is no more.</param>
    /// <param name="told">What the caller should know of it besides.</param>
    public JsonObject Of(MatchPage page, IReadOnlyList<JsonObject> included, string self, string? next, IReadOnlyList<JsonObject> told)
    {
        var address = $"{root}/{query.Type.Name}";
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
        };
        if (!query.IsWithoutTotal)
            bundle["total"] = page.Total;
        bundle["link"] = new JsonArray([Link("self", address + self), .. next is null ? Array.Empty<JsonNode>() : [Link("next", address + next)]]);
        JsonObject[] entries =
        [
            .. page.Matches.Select(match => Entry(query.Excerpt?.Of(query.Type, match.Resource) ?? match.Resource, "match")),
            .. included.Select(one => Entry(one, "include")),
            .. told.Count > 0 ? [new JsonObject { ["resource"] = Outcomes.Of(told), ["search"] = new JsonObject { ["mode"] = "outcome" } }] : Array.Empty<JsonObject>(),
        ];
        if (entries.Length > 0)
            bundle["entry"] = new JsonArray([.. entries]);
        return bundle;
    }

    private JsonObject Entry(JsonObject resource, string mode) => new()
    {
        ["fullUrl"] = $"{root}/{ElementPath.Text(resource["resourceType"])}/{ElementPath.Text(resource["id"])}",
        ["resource"] = resource,
        ["search"] = new JsonObject { ["mode"] = mode },
    };

    private static JsonObject Link(string relation, string url) => new() { ["relation"] = relation, ["url"] = url };
}
