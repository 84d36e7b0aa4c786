using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>What the authorization server says of itself; any page of any origin may read it.</summary>
internal sealed class Discovery(OAuthAddresses at)
{
    private static readonly Dictionary<string, string> ForAnyOrigin = new() { ["Access-Control-Allow-Origin"] = "*" };
    private static readonly string[] Methods = ["private_key_jwt", "client_secret_basic", "client_secret_post"];

    public FhirAnswer Smart() => Public(new JsonObject
    {
        ["issuer"] = at.Issuer,
        ["jwks_uri"] = at.Jwks,
        ["authorization_endpoint"] = at.Authorize,
        ["grant_types_supported"] = List("authorization_code", "refresh_token", "client_credentials"),
        ["token_endpoint"] = at.Token,
        ["token_endpoint_auth_methods_supported"] = List(Methods),
        ["token_endpoint_auth_signing_alg_values_supported"] = List(AssertionCheck.Algorithms),
        ["scopes_supported"] = List([.. ScopeSet.Known, "patient/*.cruds", "user/*.cruds", "system/*.cruds", "patient/*.*", "user/*.*", "system/*.*"]),
        ["response_types_supported"] = List("code"),
        ["introspection_endpoint"] = at.Introspect,
        ["revocation_endpoint"] = at.Revoke,
        ["code_challenge_methods_supported"] = List("S256"),
        ["capabilities"] = List(
            "launch-ehr", "launch-standalone", "authorize-post", "client-public", "client-confidential-symmetric", "client-confidential-asymmetric", "sso-openid-connect",
            "context-banner", "context-style", "context-ehr-patient", "context-ehr-encounter", "context-standalone-patient", "context-standalone-encounter",
            "permission-offline", "permission-online", "permission-patient", "permission-user", "permission-v1", "permission-v2"),
        ["authorization_response_iss_parameter_supported"] = true
    });

    public FhirAnswer OpenId() => Public(new JsonObject
    {
        ["issuer"] = at.Issuer,
        ["authorization_endpoint"] = at.Authorize,
        ["token_endpoint"] = at.Token,
        ["jwks_uri"] = at.Jwks,
        ["introspection_endpoint"] = at.Introspect,
        ["revocation_endpoint"] = at.Revoke,
        ["scopes_supported"] = List([.. ScopeSet.Known]),
        ["response_types_supported"] = List("code"),
        ["response_modes_supported"] = List("query"),
        ["grant_types_supported"] = List("authorization_code", "refresh_token", "client_credentials"),
        ["subject_types_supported"] = List("public"),
        ["id_token_signing_alg_values_supported"] = List("RS256"),
        ["token_endpoint_auth_methods_supported"] = List(Methods),
        ["token_endpoint_auth_signing_alg_values_supported"] = List(AssertionCheck.Algorithms),
        ["code_challenge_methods_supported"] = List("S256"),
        ["claims_supported"] = List("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time", "fhirUser", "profile", "name", "preferred_username"),
        ["authorization_response_iss_parameter_supported"] = true,
        ["request_parameter_supported"] = false,
        ["request_uri_parameter_supported"] = false
    });

    /// <summary>Colours and sizes of these pages, for apps that want to look as if they belonged to them. Another look gets another address.</summary>
    public static FhirAnswer Style() => Public(new JsonObject
    {
        ["color_background"] = "#f6f8fa",
        ["color_error"] = "#9b1c1c",
        ["color_highlight"] = "#0b4a56",
        ["color_modal_backdrop"] = "#1d2733",
        ["color_success"] = "#0b6170",
        ["color_text"] = "#1d2733",
        ["dim_border_radius"] = "8px",
        ["dim_font_size"] = "16px",
        ["dim_spacing_size"] = "16px",
        ["font_family_body"] = "system-ui, sans-serif",
        ["font_family_heading"] = "system-ui, sans-serif"
    });

    public static FhirAnswer Public(JsonObject body) => new(200, body.Text()) { ContentType = "application/json", Headers = ForAnyOrigin };

    private static JsonArray List(params IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];
}
