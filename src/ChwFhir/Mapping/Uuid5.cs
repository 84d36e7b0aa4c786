using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Mapping;

/// <summary>UUID version 5 (RFC 9562, 5.5): the same name gives the same UUID, here and everywhere.</summary>
internal static class Uuid5
{
    /// <summary>Namespace of this project's identifiers. Fixed for good: full URLs of stored Bundles are made with it.</summary>
    private static readonly byte[] Namespace = new Guid("6f3c1d0a-5b0e-5d0c-9c55-2a4d8f7c1e63").ToByteArray(bigEndian: true);

    /// <summary>Kept for the thread: to begin a hash costs as much as to take that of a short name.</summary>
    [ThreadStatic]
    private static IncrementalHash? _sha1;

    internal static string Urn(string system, string value)
    {
        var length = Namespace.Length + Encoding.UTF8.GetByteCount(system) + 1 + Encoding.UTF8.GetByteCount(value);
        Span<byte> name = length <= 512 ? stackalloc byte[length] : new byte[length];
        Namespace.CopyTo(name);
        var at = Namespace.Length + Encoding.UTF8.GetBytes(system, name[Namespace.Length..]);
        name[at++] = (byte)'|';
        Encoding.UTF8.GetBytes(value, name[at..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        var sha1 = _sha1 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(name);
        sha1.GetHashAndReset(hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);

        return $"urn:uuid:{new Guid(hash[..16], bigEndian: true)}";
    }
}
