using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Handles, codes and tokens: 256 random bits that say nothing. The server keeps their hashes only.</summary>
internal static class Secret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
