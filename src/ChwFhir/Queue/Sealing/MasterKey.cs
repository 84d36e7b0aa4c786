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

    public byte[] Wrap(int number, ReadOnlySpan<byte> key) => Gcm.Seal(_wrapping, RandomNumberGenerator.GetBytes(Gcm.Nonce), key, Belonging(number));

    /// <exception cref="CryptographicException">It was wrapped by another, or changed.</exception>
    public byte[] Unwrap(int number, ReadOnlySpan<byte> wrapped) => Gcm.Open(_wrapping, wrapped, Belonging(number));

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], System.Text.Encoding.ASCII.GetBytes($"chwfhir-store/1/{purpose}"));
        return derived;
    }

    private static byte[] Belonging(int number)
    {
        var belonging = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(belonging, number);
        return belonging;
    }
}
