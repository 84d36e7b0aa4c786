using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Where the authorization server is, as a CapabilityStatement says it to apps that are too old for <c>.well-known/smart-configuration</c>.</summary>
internal static class StatementSecurity
{
    /// <param name="fhir">The FHIR base.</param>
    public static JsonObject Of(Uri fhir) => new()
    {
        ["extension"] = new JsonArray(new JsonObject
        {
            ["url"] = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
            ["extension"] = new JsonArray(Address(fhir, "authorize"), Address(fhir, "token"), Address(fhir, "introspect"), Address(fhir, "revoke"))
        }),
        ["cors"] = true,
        ["service"] = new JsonArray(new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/restful-security-service", ["code"] = "SMART-on-FHIR", ["display"] = "SMART-on-FHIR" }),
            ["text"] = "OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)"
        })
    };

    private static JsonObject Address(Uri fhir, string door) => new() { ["url"] = door, ["valueUri"] = new Uri(fhir, $"{OAuthAddresses.Path}/{door}").AbsoluteUri };
}
