using System.Collections.Concurrent;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>The public keys of authorization servers. A key that is not known yet is looked for once more, for servers change theirs.</summary>
internal sealed class SigningKeys(Outside outside, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<Uri, (IReadOnlyList<SecurityKey> Keys, DateTimeOffset At)> known = new();

    /// <param name="kid">The key that is needed.</param>
    /// <exception cref="TroubleException">They cannot be read.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindAsync(Uri address, string? kid, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(address, out var copy) && now - copy.At < (copy.Keys.Any(key => key.KeyId == kid) ? Age : Breath))
            return copy.Keys;

        var body = await outside.ReadAsync(address, cancellationToken) ?? throw new TroubleException(Trouble.ServerNotAnswering);
        var keys = Read(body) ?? throw new TroubleException(Trouble.ServerUnfit);
        known[address] = (keys, now);
        return keys;
    }

    // Only keys of two halves: a shared secret in a public list would let anybody sign.
    private static List<SecurityKey>? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return [.. new JsonWebKeySet(Encoding.UTF8.GetString(json.Span)).GetSigningKeys().Where(key => key is RsaSecurityKey or X509SecurityKey or ECDsaSecurityKey or JsonWebKey { Kty: "RSA" or "EC" })];
        }
        catch (Exception wrong) when (wrong is ArgumentException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
