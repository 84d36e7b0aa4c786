using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Says <c>create</c> for eleven types, whoever asks. Three of them are really taken from this client: it is leave to try, not a promise.</summary>
internal sealed class OverclaimingStatement(ServerAddress address)
{
    private static readonly string[] Creates = ["AllergyIntolerance", "BodyStructure", "Communication", "ConceptMap", "Condition", "DocumentReference", "Observation", "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest"];
    private static readonly string[] Updates = ["BodyStructure", "DiagnosticReport", "DocumentReference", "Observation", "Procedure", "ServiceRequest", "Task"];

    public string Text() => new JsonObject
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["experimental"] = true,
        ["date"] = "2026-11-01",
        ["kind"] = "instance",
        ["instantiates"] = new JsonArray("http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server|6.1.0"),
        ["software"] = new JsonObject { ["name"] = "ChwFhir sandbox EHR, strict", ["version"] = typeof(OverclaimingStatement).Assembly.GetName().Version!.ToString(3) },
        ["implementation"] = new JsonObject { ["description"] = "Embedded EHR that refuses as Epic's public R4 does; everybody in it is invented", ["url"] = address.Base.AbsoluteUri },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("xml", "json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["resource"] = new JsonArray([.. SearchParameters.Types.Append("ConceptMap").Order(StringComparer.Ordinal).Select(Resource)])
        })
    }.Text();

    private static JsonObject Resource(string type)
    {
        List<string> codes = ["read"];
        if (Creates.Contains(type))
            codes.Insert(0, "create");
        if (SearchParameters.IsType(type))
            codes.Add("search-type");
        if (Updates.Contains(type))
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
            ["conditionalDelete"] = "not-supported",
            ["searchInclude"] = new JsonArray("*")
        };
        if (SearchParameters.IsType(type))
            resource["searchParam"] = new JsonArray([.. SearchParameters.Of(type).Select(Parameter)]);
        return resource;
    }

    private static JsonObject Parameter(SearchParameter parameter) => new() { ["name"] = parameter.Name, ["type"] = parameter.Kind.ToString().ToLowerInvariant() };
}
