using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Says <c>create</c> for eleven types and <c>update</c> for seven, whoever asks. Three creates are really taken from this client: it is leave to try, not a promise.</summary>
internal static class OverclaimingStatement
{
    public static string Text(Uri address) => new JsonObject
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["experimental"] = true,
        ["date"] = "2026-11-01T01:00:00Z",
        ["kind"] = "instance",
        ["instantiates"] = new JsonArray("http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server|6.1.0"),
        ["software"] = new JsonObject { ["name"] = "ChwFhir sandbox EHR, strict", ["version"] = typeof(OverclaimingStatement).Assembly.GetName().Version!.ToString(3) },
        ["implementation"] = new JsonObject { ["description"] = "Embedded EHR that refuses as Epic's public R4 does; everybody in it is invented", ["url"] = address.AbsoluteUri },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("xml", "json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["security"] = StatementSecurity.Of(address),
            ["resource"] = new JsonArray([.. Offer.Stated.Select(Resource)])
        })
    }.Text();

    private static JsonObject Resource(string type)
    {
        List<string> codes = ["read"];
        if (Offer.Creates.Contains(type))
            codes.Insert(0, "create");
        if (Offer.IsSearched(type))
            codes.Add("search-type");
        if (Offer.Updates.Contains(type))
            codes.Add("update");
        var resource = new JsonObject
        {
            ["type"] = type,
            ["interaction"] = new JsonArray([.. codes.Select(code => new JsonObject { ["code"] = code })]),
            ["readHistory"] = false,
            ["updateCreate"] = false,
            ["conditionalCreate"] = false,
            ["conditionalRead"] = "not-supported",
            ["conditionalUpdate"] = false,
            ["conditionalDelete"] = "not-supported"
        };
        if (!Offer.IsSearched(type))
            return resource;
        resource["searchInclude"] = new JsonArray("*");
        resource["searchRevInclude"] = new JsonArray("Provenance:target");
        resource["searchParam"] = new JsonArray([.. SearchParameters.Of(type).Where(parameter => parameter.Name[0] != '_').Select(Parameter), Named("_count", "number"), Named("_id", "token")]);
        return resource;
    }

    private static JsonObject Parameter(SearchParameter parameter) => Named(parameter.Name, parameter.Kind.ToString().ToLowerInvariant());

    private static JsonObject Named(string name, string type) => new() { ["name"] = name, ["type"] = type };
}
