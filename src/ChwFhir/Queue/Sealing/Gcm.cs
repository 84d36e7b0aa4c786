using System.Security.Cryptography;

namespace ChwFhir.Queue.Sealing;

/// <summary>AES-256-GCM: nonce, tag, then what was sealed.</summary>
internal static class Gcm
{
    public const int Nonce = 12;
    public const int Tag = 16;
    public const int Overhead = Nonce + Tag;

    private const int MostKept = 64;

    // Making one costs many times what sealing a short value does, and one serves one thread at a time.
    [ThreadStatic]
    private static Dictionary<byte[], AesGcm>? kept;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> belonging)
    {
        var whole = new byte[Overhead + clear.Length];
        Seal(key, nonce, clear, belonging, whole);
        return whole;
    }

    public static void Seal(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> belonging, Span<byte> whole)
    {
        nonce.CopyTo(whole);
        Of(key).Encrypt(nonce, clear, whole[Overhead..], whole[Nonce..Overhead], belonging);
    }

    /// <exception cref="CryptographicException">It does not open.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> belonging)
    {
        if (whole.Length < Overhead)
            throw new CryptographicException("Too short to be sealed.");
        var clear = new byte[whole.Length - Overhead];
        Of(key).Decrypt(whole[..Nonce], whole[Overhead..], whole[Nonce..Overhead], clear, belonging);
        return clear;
    }

    private static AesGcm Of(byte[] key)
    {
        kept ??= new Dictionary<byte[], AesGcm>(ReferenceEqualityComparer.Instance);
        if (kept.TryGetValue(key, out var there))
            return there;
        if (kept.Count == MostKept)
        {
            foreach (var one in kept.Values)
                one.Dispose();
            kept.Clear();
        }
        return kept[key] = new AesGcm(key, Tag);
    }
}
