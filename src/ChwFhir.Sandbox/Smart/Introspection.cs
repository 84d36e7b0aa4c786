using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>What a token is good for (RFC 7662), and its end (RFC 7009).</summary>
internal sealed class Introspection(TokenStore tokens, OAuthAddresses at)
{
    public FhirAnswer Tell(Parameters parameters)
    {
        if (tokens.FindAccess(parameters.Required("token")) is not { } token)
            return OAuthAnswer.Of(200, new JsonObject { ["active"] = false });
        var grant = token.Grant;
        var said = new JsonObject
        {
            ["active"] = true,
            ["scope"] = token.Scopes.Text,
            ["client_id"] = grant.Client.Id,
            ["token_type"] = "Bearer",
            ["iat"] = token.Since.ToUnixTimeSeconds(),
            ["exp"] = token.Until.ToUnixTimeSeconds(),
            ["aud"] = at.Fhir,
            ["iss"] = at.Issuer
        };
        if (grant.Patient is { } patient)
            said["patient"] = patient;
        if (grant.Encounter is { } encounter)
            said["encounter"] = encounter;
        if (grant.User is { } user)
            said["sub"] = user.Id;
        if (grant.User is { } known && token.Scopes.Has(ScopeSet.OpenId) && token.Scopes.Has(ScopeSet.FhirUser))
            said["fhirUser"] = $"{at.Fhir}/Practitioner/{known.Id}";
        return OAuthAnswer.Of(200, said);
    }

    /// <summary>A token that is not known is as good as revoked; another client's is left alone.</summary>
    public FhirAnswer Revoke(SandboxClient client, Parameters parameters)
    {
        var token = parameters.Required("token");
        var access = tokens.FindAccess(token);
        var refresh = tokens.FindRefresh(token)?.What;
        if ((access?.Grant ?? refresh) is { } grant && grant.Client.Id != client.Id)
            throw new OAuthRefusal(400, "unauthorized_client", "The token is another client's.");
        if (access is not null)
            tokens.ForgetAccess(token);
        refresh?.Revoke();
        return new(200);
    }
}
