using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>Canonical JSON (RFC 8785, JCS): the same content is the same bytes, whoever wrote it in whatever order.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes.</summary>
    /// <exception cref="FormatException">A number that is no IEEE 754 double, such as 1e400.</exception>
    /// <exception cref="InvalidOperationException">A string that is not Unicode (half of a surrogate pair).</exception>
    public static byte[] Write(JsonElement value)
    {
        using var writer = new CanonicalWriter(JsonMarshal.GetRawUtf8Value(value));
        return writer.Write().ToArray();
    }

    /// <summary><see cref="Hash"/> of the canonical bytes, which nobody else needs.</summary>
    /// <exception cref="FormatException">As <see cref="Write"/>.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Write"/>.</exception>
    public static string HashOf(JsonElement value)
    {
        using var writer = new CanonicalWriter(JsonMarshal.GetRawUtf8Value(value));
        return Hash(writer.Write());
    }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}
