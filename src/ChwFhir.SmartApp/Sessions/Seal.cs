using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>What the store keeps for the app can be read by this service alone, whoever holds the database.</summary>
internal sealed class Seal(IDataProtectionProvider provider)
{
    /// <param name="purpose">What it is and of which row: a body moved to another row does not open.</param>
    public ReadOnlyMemory<byte> Close<T>(T body, params string[] purpose) => Protector(purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(body));

    /// <returns>Null when it was sealed by other keys, or for another purpose.</returns>
    public T? Open<T>(ReadOnlyMemory<byte> sealed_, params string[] purpose) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Protector(purpose).Unprotect(sealed_.ToArray()));
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What the store has of something that only a browser or a server holds.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether somebody holds it.</summary>
    public static bool Fits(string? secret, string hash) =>
        secret is { Length: > 0 and <= 200 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash(secret)), Encoding.UTF8.GetBytes(hash));

    private IDataProtector Protector(string[] purpose) => provider.CreateProtector("ChwFhir.SmartApp", [.. purpose]);
}
