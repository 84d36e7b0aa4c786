using System.Text.RegularExpressions;

namespace ChwFhir.Sandbox.Smart;

/// <summary>What an app asks of the authorize endpoint, read and found to be in order.</summary>
internal sealed partial record AuthorizationRequest(SandboxClient Client, string RedirectUri, string State, string Challenge, ScopeSet Scopes)
{
    private const int LongestState = 4096;

    public string? Nonce { get; private init; }
    public string? Launch { get; private init; }

    /// <summary>The app needs a patient: it says so, or asks for what is only there with one.</summary>
    public bool WantsPatient => Scopes.Has(ScopeSet.LaunchPatient) || Scopes.Has(ScopeSet.LaunchEncounter) || Scopes.HasLevel("patient");

    public bool WantsEncounter => Scopes.Has(ScopeSet.LaunchEncounter);

    /// <exception cref="OAuthRefusal">Something of it is not in order; the app is told by way of its redirect address.</exception>
    public static AuthorizationRequest Read(SandboxClient client, string redirectUri, Parameters parameters, OAuthAddresses at)
    {
        parameters.RefuseDoubled();
        if (parameters.Required("response_type") != "code")
            throw new OAuthRefusal(400, "unsupported_response_type", "response_type has to be code.");
        foreach (var form in new[] { "request", "request_uri" })
            if (parameters[form] is not null)
                throw new OAuthRefusal(400, $"{form}_not_supported", "The request has to be in plain parameters.");
        if (parameters["response_mode"] is not (null or "query"))
            throw Bad("response_mode has to be query.");
        if (parameters.Required("state").Length > LongestState || parameters["nonce"]?.Length > LongestState)
            throw Bad("state or nonce is too long.");
        if (parameters.Required("aud").TrimEnd('/') != at.Fhir)
            throw Bad($"aud has to be {at.Fhir}, the FHIR base that the tokens are for.");
        if (parameters.Required("code_challenge_method") != "S256" || !Challenges().IsMatch(parameters.Required("code_challenge")))
            throw Bad("PKCE is needed, with code_challenge_method=S256.");
        var scopes = ScopeSet.Granted(parameters.Required("scope"), client.Scopes).Without("system");
        if (scopes.IsEmpty)
            throw new OAuthRefusal(400, "invalid_scope", "None of the scopes is one that this client may have.");
        if (parameters["launch"] is null == scopes.Has(ScopeSet.Launch))
            throw Bad("The parameter launch and the scope launch go together.");
        return new(client, redirectUri, parameters["state"]!, parameters["code_challenge"]!, scopes) { Nonce = parameters["nonce"], Launch = parameters["launch"] };
    }

    private static OAuthRefusal Bad(string why) => new(400, "invalid_request", why);

    // 32 bytes in base64url, which is what S256 makes.
    [GeneratedRegex(@"\A[A-Za-z0-9\-_]{43}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Challenges();
}
