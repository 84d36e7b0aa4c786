using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Says by whom an app was opened (OpenID Connect), signed with RS256 by a key that lives as long as the process.</summary>
internal sealed class IdTokens : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly RSA rsa = RSA.Create(2048);
    private readonly RsaSecurityKey key;
    private readonly OAuthAddresses at;
    private readonly TimeProvider clock;

    public IdTokens(OAuthAddresses at, TimeProvider clock)
    {
        (this.at, this.clock) = (at, clock);
        key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
    }

    public string Make(Grant grant, SandboxUser user, string name)
    {
        var now = clock.GetUtcNow();
        var who = $"{at.Fhir}/Practitioner/{user.Id}";
        var claims = new Dictionary<string, object> { ["sub"] = user.Id, ["auth_time"] = grant.Since.ToUnixTimeSeconds() };
        if (grant.Nonce is { } nonce)
            claims["nonce"] = nonce;
        if (grant.Scopes.Has(ScopeSet.FhirUser))
            claims["fhirUser"] = who;
        if (grant.Scopes.Has(ScopeSet.Profile))
            (claims["profile"], claims["name"], claims["preferred_username"]) = (who, name, user.Id);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = at.Issuer,
            Audience = grant.Client.Id,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Life).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256)
        });
    }

    public FhirAnswer Jwks()
    {
        var open = rsa.ExportParameters(includePrivateParameters: false);
        return Discovery.Public(new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = key.KeyId,
                ["n"] = Base64UrlEncoder.Encode(open.Modulus),
                ["e"] = Base64UrlEncoder.Encode(open.Exponent)
            })
        });
    }

    public void Dispose() => rsa.Dispose();
}
