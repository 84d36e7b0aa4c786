using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Gives tokens for a code, for a refresh token, or to a service for its registration alone.</summary>
internal sealed partial class TokenEndpoint(TokenStore tokens, IdTokens idTokens, Charts charts, OAuthAddresses at, TimeProvider clock, bool isStrict)
{
    public FhirAnswer Answer(SandboxClient client, Parameters parameters) => parameters.Required("grant_type") switch
    {
        "authorization_code" => ForCode(client, parameters),
        "refresh_token" => ForRefresh(client, parameters),
        "client_credentials" => ForItself(client, parameters),
        _ => throw new OAuthRefusal(400, "unsupported_grant_type", "grant_type is authorization_code, refresh_token or client_credentials.")
    };

    private FhirAnswer ForCode(SandboxClient client, Parameters parameters)
    {
        var verifier = parameters["code_verifier"] ?? "";
        if (tokens.FindCode(parameters.Required("code")) is not { What: var code } once || code.Grant.Client.Id != client.Id)
            throw Invalid("The code is not one that was given to this client.");
        if (!once.TryUse())
        {
            code.Grant.Revoke();
            throw Invalid("The code was used before; what it gave is revoked.");
        }
        if (code.Until <= clock.GetUtcNow())
            throw Invalid("The code has expired.");
        if (parameters["redirect_uri"] != code.RedirectUri)
            throw Invalid("redirect_uri is not the one that the code was sent to.");
        if (!Verifier().IsMatch(verifier) || !Secret.Same(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), code.Challenge))
            throw Invalid("code_verifier is not the one of the challenge.");
        return Given(code.Grant, code.Grant.Scopes, withIdToken: true);
    }

    private FhirAnswer ForRefresh(SandboxClient client, Parameters parameters)
    {
        if (tokens.FindRefresh(parameters.Required("refresh_token")) is not { What: { } grant } once || grant.Client.Id != client.Id || grant.IsRevoked)
            throw Invalid("The refresh token is not one that this client has.");
        var scopes = parameters["scope"] is { } fewer ? Fewer(grant.Scopes, fewer) : grant.Scopes;
        if (once.TryUse())
            return Given(grant, scopes, withIdToken: false);
        grant.Revoke();
        throw Invalid("The refresh token was used before; everything that it gave is revoked.");
    }

    private FhirAnswer ForItself(SandboxClient client, Parameters parameters)
    {
        if (client.Kind == ClientKind.Public || !ScopeSet.Granted(client.Scopes, client.Scopes).HasLevel("system"))
            throw new OAuthRefusal(400, "unauthorized_client", "This client may not come on its own.");
        // A strict server does not look at what is asked for: what counts is the list that is registered for the client, told in the spelling of 1.0.
        var scopes = ScopeSet.Granted(isStrict ? client.Scopes : parameters["scope"] ?? client.Scopes, client.Scopes);
        scopes = scopes.Without("patient").Without("user");
        if (!scopes.HasLevel("system"))
            throw new OAuthRefusal(400, "invalid_scope", "None of the scopes is one that this client may have on its own.");
        var grant = new Grant { Client = client, Scopes = isStrict ? scopes.InOldSpelling() : scopes, Since = clock.GetUtcNow() };
        var (token, life) = tokens.NewAccess(grant, grant.Scopes);
        return OAuthAnswer.Of(200, Said(token, life, grant.Scopes));
    }

    private FhirAnswer Given(Grant grant, ScopeSet scopes, bool withIdToken)
    {
        var (token, life) = tokens.NewAccess(grant, scopes);
        var said = Said(token, life, scopes);
        if (tokens.NewRefresh(grant) is { } refresh)
            said["refresh_token"] = refresh;
        if (grant.Patient is { } patient)
            said["patient"] = patient;
        if (grant.Encounter is { } encounter)
            said["encounter"] = encounter;
        // Epic says it as a string.
        said["need_patient_banner"] = isStrict ? "true" : true;
        said["smart_style_url"] = at.Style;
        if (withIdToken && grant is { User: { } user } && scopes.Has(ScopeSet.OpenId))
            said["id_token"] = idTokens.Make(grant, user, charts.NameOf("Practitioner", user.Id) ?? user.Id);
        return OAuthAnswer.Of(200, said);
    }

    private static JsonObject Said(string token, TimeSpan life, ScopeSet scopes) => new()
    {
        ["access_token"] = token,
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)life.TotalSeconds,
        ["scope"] = scopes.Text
    };

    // Whoever refreshes may ask for less, never for more (RFC 6749, 6).
    private static ScopeSet Fewer(ScopeSet given, string asked)
    {
        var fewer = ScopeSet.Granted(asked, given.Text);
        var all = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => given.Words.Contains(word) || (Scope.Read(word) is { } scope && fewer.Resources.Contains(scope)));
        return all && !fewer.IsEmpty ? fewer : throw new OAuthRefusal(400, "invalid_scope", "A refresh cannot ask for more than was given.");
    }

    private static OAuthRefusal Invalid(string why) => new(400, "invalid_grant", why);

    [GeneratedRegex(@"\A[A-Za-z0-9\-._~]{43,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Verifier();
}
