using System.Text.Json;

namespace ChwFhir.CareTeam;

/// <summary>What a reply says, as it is stored.</summary>
internal sealed record ReplyBody(string Text, string For, string Will)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    public static ReplyBody Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<ReplyBody>(body.Span, JsonSerializerOptions.Web)!;
}
