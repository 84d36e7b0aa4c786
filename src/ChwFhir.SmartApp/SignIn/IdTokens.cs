using System.Security.Cryptography;
using System.Text;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>Believes an id_token only when the issuer signed it, for this client, for this sign-in, and it has not run out.</summary>
internal sealed partial class IdTokens(SigningKeys keys, TimeProvider clock, ILogger<IdTokens> logger)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // Signatures with two halves only. Neither "none", nor HMAC: there the public key would be the secret.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="TroubleException">It is not to be believed.</exception>
    public async Task<JsonWebToken> ReadAsync(Secret token, AuthorizationServer server, string clientId, string nonce, CancellationToken cancellationToken)
    {
        var handler = new JsonWebTokenHandler { MaximumTokenSizeInBytes = 64 * 1024 };
        if (!handler.CanReadToken(token.Reveal()))
            throw Refuse("unreadable");

        var result = await handler.ValidateTokenAsync(token.Reveal(), new TokenValidationParameters
        {
            ValidIssuer = server.Issuer,
            ValidAudience = clientId,
            IssuerSigningKeys = await keys.FindAsync(server.JwksUri, Kid(handler, token), cancellationToken),
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (notBefore, expires, _, _) => Lives(notBefore, expires),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
            throw Refuse(result.Exception?.GetType().Name ?? "invalid");
        if (!Same(Claim(read, "nonce"), nonce))
            throw Refuse("nonce");
        // A token of tomorrow was not made for this sign-in, or by a clock that nobody can go by.
        if (read.TryGetPayloadValue<long>("iat", out var made) && DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(made, 0, 253_402_300_799)) > clock.GetUtcNow() + Skew)
            throw Refuse("iat");
        // OpenID Connect Core, 3.1.3.7: of a token for several, we must be the one it was given to.
        if (Claim(read, "azp") is { } party ? party != clientId : read.Audiences.Count() > 1)
            throw Refuse("azp");
        return read;
    }

    /// <summary>A text claim, or null.</summary>
    public static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) && value is { Length: > 0 } ? value : null;

    private bool Lives(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || start - Skew <= now);
    }

    private static string? Kid(JsonWebTokenHandler handler, Secret token)
    {
        try
        {
            return handler.ReadJsonWebToken(token.Reveal()).Kid;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Same(string? one, string other) => one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private TroubleException Refuse(string why)
    {
        Log.Refused(logger, why);
        return new TroubleException(Trouble.BadIdToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An id_token was not believed: {Why}.")]
        public static partial void Refused(ILogger logger, string why);
    }
}
