using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.Tests.Sandbox.Smart;

/// <summary>A client's key pair, and assertions signed with it: good ones, and ones with a single thing wrong.</summary>
internal sealed class SomeKey
{
    private readonly SecurityKey key;
    private readonly string algorithm;

    public SomeKey(string algorithm = SecurityAlgorithms.RsaSha384, string kid = "k1", int bits = 2048)
    {
        this.algorithm = algorithm;
        key = algorithm[0] == 'R' ? new RsaSecurityKey(Rsa = RSA.Create(bits)) : new ECDsaSecurityKey(ECDsa.Create(algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384));
        key.KeyId = kid;
    }

    public RSA? Rsa { get; }

    public string Kid => key.KeyId;

    public JsonObject Public
    {
        get
        {
            var jwk = JsonWebKeyConverter.ConvertFromSecurityKey(key is RsaSecurityKey ? new RsaSecurityKey(Rsa!.ExportParameters(false)) : new ECDsaSecurityKey(ECDsa.Create(((ECDsaSecurityKey)key).ECDsa.ExportParameters(false))));
            return jwk.Kty == "RSA"
                ? new JsonObject { ["kty"] = "RSA", ["kid"] = Kid, ["n"] = jwk.N, ["e"] = jwk.E }
                : new JsonObject { ["kty"] = "EC", ["kid"] = Kid, ["crv"] = jwk.Crv, ["x"] = jwk.X, ["y"] = jwk.Y };
        }
    }

    /// <summary>For clients that sign with a JWK of their own.</summary>
    public JsonObject Private
    {
        get
        {
            var whole = Public;
            var secret = Rsa!.ExportParameters(true);
            foreach (var (name, value) in new[] { ("d", secret.D), ("p", secret.P), ("q", secret.Q), ("dp", secret.DP), ("dq", secret.DQ), ("qi", secret.InverseQ) })
                whole[name] = Base64UrlEncoder.Encode(value);
            whole["alg"] = algorithm;
            return whole;
        }
    }

    public string Set => Jwks(this);

    public static string Jwks(params IEnumerable<SomeKey> keys) => new JsonObject { ["keys"] = new JsonArray([.. keys.Select(one => one.Public)]) }.ToJsonString();

    public string Assertion(string client, string tokenUrl, Action<Dictionary<string, object>>? claims = null, Action<Dictionary<string, object>>? header = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var said = new Dictionary<string, object> { ["iss"] = client, ["sub"] = client, ["aud"] = tokenUrl, ["jti"] = Guid.NewGuid().ToString("N"), ["iat"] = now, ["exp"] = now + 240 };
        claims?.Invoke(said);
        var more = new Dictionary<string, object>();
        header?.Invoke(more);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = said,
            AdditionalHeaderClaims = more,
            SigningCredentials = new SigningCredentials(key, algorithm)
        });
    }
}
