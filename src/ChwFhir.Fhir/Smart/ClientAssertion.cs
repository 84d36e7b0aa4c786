using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Fhir.Smart;

/// <summary>How a client with a key shows who it is (RFC 7523 as SMART profiles it): a JWT for one token endpoint, good once and for minutes.</summary>
public static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>Servers refuse more than five minutes by their own clock; a minute is left for clocks that differ.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    /// <param name="tokenEndpoint">Exactly as it is posted to: servers compare letter by letter.</param>
    /// <returns>A compact JWT with a <c>jti</c> that nobody else ever made.</returns>
    public static Secret Make(string clientId, string tokenEndpoint, SmartKey key, DateTimeOffset now)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return new Secret(handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Iss] = clientId,
                [JwtRegisteredClaimNames.Sub] = clientId,
                [JwtRegisteredClaimNames.Aud] = tokenEndpoint,
                [JwtRegisteredClaimNames.Iat] = now.ToUnixTimeSeconds(),
                [JwtRegisteredClaimNames.Exp] = now.Add(Life).ToUnixTimeSeconds(),
                [JwtRegisteredClaimNames.Jti] = RandomText.New(),
            },
            SigningCredentials = key.Credentials(),
        }));
    }
}
