using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Sandbox.Smart;

/// <summary>
/// Checks a client's signed assertion (SMART App Launch 2.2, "Client Authentication: Asymmetric"; RFC 7523): by whom, for whom, until when, only once,
/// and signed with the one published key that it names.
/// </summary>
internal sealed class AssertionCheck(Clients clients, ClientKeys keys, OAuthAddresses at, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    public static readonly IReadOnlyList<string> Algorithms = ["RS384", "ES384", "RS256", "RS512"];

    private const int LongestJti = 151;
    private const int Longest = 16 * 1024;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = Longest };

    private readonly Shelf<string> seen = new(clock, 50_000);

    public async Task<SandboxClient> ClientAsync(string assertion, CancellationToken cancellationToken)
    {
        var token = Read(assertion);
        if (!Algorithms.Contains(token.Alg))
            throw Refused($"The assertion has to be signed with one of {string.Join(", ", Algorithms)}.");
        if (token.TryGetHeaderValue<object>("crit", out _))
            throw Refused("The assertion's header has an extension that is not known here.");
        if (clients.Find(token.Issuer) is not { Kind: ClientKind.PrivateKeyJwt } client || token.Subject != token.Issuer)
            throw Refused("iss and sub of the assertion have to be the id of a client that is registered with keys.");
        if (token.TryGetHeaderValue<string>("jku", out var jku) && jku != client.JwksUrl?.OriginalString)
            throw Refused("jku is not the address that is registered for this client.");
        CheckTimes(token);
        var key = await KeyAsync(client, token, cancellationToken);
        var result = await Handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            ValidIssuer = client.Id,
            ValidateAudience = false,
            ValidateLifetime = false
        });
        if (!result.IsValid)
            throw Refused("The signature of the assertion is not that of the client's key.");
        if (token.Audiences.ToArray() is not [var audience] || audience != at.Token)
            throw Refused($"aud of the assertion has to be the token endpoint, {at.Token}.");
        if (token.Id is not { Length: > 0 and <= LongestJti })
            throw Refused($"The assertion needs a jti of 1 to {LongestJti} letters.");
        if (!seen.TryAdd(Secret.Hash($"{client.Id}\n{token.Id}"), client.Id, LongestLife + 3 * Skew))
            throw Refused("An assertion with this jti was here before.");
        return client;
    }

    public static OAuthRefusal Refused(string why) => new(401, "invalid_client", why);

    private static JsonWebToken Read(string assertion)
    {
        try
        {
            return assertion.Length <= Longest ? new JsonWebToken(assertion) : throw Refused("The assertion is too long.");
        }
        catch (ArgumentException)
        {
            throw Refused("The assertion is not a JWT.");
        }
    }

    private void CheckTimes(JsonWebToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (token.ValidTo == DateTime.MinValue || token.ValidTo <= now - Skew)
            throw Refused("The assertion has expired, or does not say when it does.");
        if (token.ValidTo > now + LongestLife + Skew || (token.IssuedAt != DateTime.MinValue && token.ValidTo - token.IssuedAt > LongestLife))
            throw Refused("The assertion is good for longer than five minutes.");
        if (token.IssuedAt > now + Skew || token.ValidFrom > now + Skew)
            throw Refused("The assertion is from the future.");
    }

    private async Task<JsonWebKey> KeyAsync(SandboxClient client, JsonWebToken token, CancellationToken cancellationToken)
    {
        if (token.Kid is not { Length: > 0 } kid)
            throw Refused("The assertion's header needs a kid.");
        var found = await keys.FindAsync(client, kid, cancellationToken);
        if (found is not [var key])
            throw Refused(found.Count == 0 ? "The client's published keys hold none of this kid, or could not be read." : "Several of the client's keys have this kid.");
        if (key.Kty != (token.Alg[0] == 'R' ? "RSA" : "EC") || (key.Kty == "EC" && key.Crv != "P-384") || (key.Kty == "RSA" && key.KeySize < 2048) || key.Use is not (null or "sig") || (key.Alg is { } only && only != token.Alg))
            throw Refused("The key of this kid is not one for this algorithm, or is too short.");
        return key;
    }
}
