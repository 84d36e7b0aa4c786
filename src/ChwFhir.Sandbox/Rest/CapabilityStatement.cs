using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Smart;

namespace ChwFhir.Sandbox.Rest;

/// <summary>What the server says it can: read from the same table that the search uses, so that it cannot claim more.</summary>
internal sealed class CapabilityStatement(ServerAddress address)
{
    public string Text() => new JsonObject
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = "2026-11-01",
        ["kind"] = "instance",
        ["software"] = new JsonObject { ["name"] = "ChwFhir sandbox EHR", ["version"] = typeof(CapabilityStatement).Assembly.GetName().Version!.ToString(3) },
        ["implementation"] = new JsonObject { ["description"] = "Embedded EHR for trying and testing; everybody in it is invented", ["url"] = address.Base.AbsoluteUri },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["documentation"] = "References must resolve. Deleting what is referred to is refused. Patients whose chart is restricted cannot be opened.",
            ["security"] = StatementSecurity.Of(address.Base),
            ["resource"] = new JsonArray([.. SearchParameters.Types.Select(Resource)]),
            ["interaction"] = Codes("transaction", "batch"),
        })
    }.Text();

    private static JsonObject Resource(string type)
    {
        var references = SearchParameters.Of(type).Where(parameter => parameter.Kind == ParameterKind.Reference).Select(parameter => (JsonNode)$"{type}:{parameter.Name}").ToList();
        var resource = Plain(type);
        if (references.Count > 0)
            resource["searchInclude"] = new JsonArray([.. references]);
        resource["searchParam"] = new JsonArray([.. Common.Concat(SearchParameters.Of(type).Select(Parameter))]);
        return resource;
    }

    private static JsonObject Plain(string type) => new()
    {
        ["type"] = type,
        ["interaction"] = Codes("read", "vread", "update", "delete", "history-instance", "create", "search-type"),
        ["versioning"] = "versioned-update",
        ["readHistory"] = true,
        ["updateCreate"] = true,
        ["conditionalCreate"] = true,
        ["conditionalRead"] = "not-match",
        ["conditionalUpdate"] = true,
        ["conditionalDelete"] = "not-supported",
        ["referencePolicy"] = new JsonArray("literal", "logical", "local", "enforced")
    };

    private static IEnumerable<JsonObject> Common => [Named("_id", "token"), Named("_lastUpdated", "date")];

    private static JsonObject Parameter(SearchParameter parameter) => Named(parameter.Name, parameter.Kind switch
    {
        ParameterKind.Token => "token",
        ParameterKind.Reference => "reference",
        ParameterKind.Date => "date",
        ParameterKind.Uri => "uri",
        _ => "string"
    });

    private static JsonObject Named(string name, string type) => new() { ["name"] = name, ["type"] = type };

    private static JsonArray Codes(params string[] codes) => [.. codes.Select(code => new JsonObject { ["code"] = code })];
}
