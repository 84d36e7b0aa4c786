using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Rest;

/// <summary>There is no authorization server yet, so none is named and no capability is claimed.</summary>
internal static class SmartConfiguration
{
    public static FhirAnswer Answer(ServerAddress address) => new(200, new JsonObject
    {
        ["issuer"] = address.Base.AbsoluteUri,
        ["grant_types_supported"] = new JsonArray(),
        ["scopes_supported"] = new JsonArray(),
        ["response_types_supported"] = new JsonArray(),
        ["code_challenge_methods_supported"] = new JsonArray(),
        ["capabilities"] = new JsonArray()
    }.Text())
    { ContentType = "application/json" };
}
