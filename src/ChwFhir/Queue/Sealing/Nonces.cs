using System.Security.Cryptography;

namespace ChwFhir.Queue.Sealing;

/// <summary>96 random bits each, fetched many at a time: asking for a few bytes costs nearly as much as sealing with them.</summary>
internal static class Nonces
{
    private const int AtOnce = 128 * Gcm.Nonce;

    [ThreadStatic]
    private static byte[]? fetched;

    [ThreadStatic]
    private static int used;

    public static void Next(Span<byte> nonce)
    {
        if (fetched is null || used == AtOnce)
        {
            RandomNumberGenerator.Fill(fetched ??= new byte[AtOnce]);
            used = 0;
        }
        fetched.AsSpan(used, Gcm.Nonce).CopyTo(nonce);
        used += Gcm.Nonce;
    }
}
