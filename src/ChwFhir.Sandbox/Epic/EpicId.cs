using System.Buffers.Text;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Ids as they look there: opaque, with upper and lower case told apart, full stops in between.</summary>
internal static class EpicId
{
    public static string Next(TimeProvider clock)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(clock.GetUtcNow()).TryWriteBytes(bytes, bigEndian: true, out _);
        return $"e{Base64Url.EncodeToString(bytes).Replace('_', '.')}3";
    }
}
