using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChwFhir.Queue.Sealing;

/// <summary>Opens the keys that values are sealed with, and nothing else. It is never in the database.</summary>
internal sealed class MasterKey
{
    public const int Length = 32;

    private readonly byte[] _wrapping;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        _wrapping = Derive(key, "wrap");
        Id = Convert.ToHexStringLower(Derive(key, "id").AsSpan(0, 8));
    }

    /// <summary>Tells keys apart, and says nothing of the key.</summary>
    public string Id { get; }

    /// <param name="allIsSealed">Said with the key, where nobody can say it who has only the database.</param>
    public byte[] Wrap(int number, ReadOnlySpan<byte> key, bool allIsSealed) => Gcm.Seal(_wrapping, RandomNumberGenerator.GetBytes(Gcm.Nonce), key, Belonging(number, allIsSealed));

    /// <exception cref="CryptographicException">It was wrapped by another, or changed.</exception>
    public byte[] Unwrap(int number, ReadOnlySpan<byte> wrapped, out bool allIsSealed)
    {
        try
        {
            allIsSealed = true;
            return Gcm.Open(_wrapping, wrapped, Belonging(number, allIsSealed));
        }
        catch (CryptographicException)
        {
            allIsSealed = false;
            return Gcm.Open(_wrapping, wrapped, Belonging(number, allIsSealed));
        }
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], System.Text.Encoding.ASCII.GetBytes($"chwfhir-store/1/{purpose}"));
        return derived;
    }

    private static byte[] Belonging(int number, bool allIsSealed)
    {
        var belonging = new byte[allIsSealed ? 5 : 4];
        BinaryPrimitives.WriteInt32BigEndian(belonging, number);
        return belonging;
    }
}
