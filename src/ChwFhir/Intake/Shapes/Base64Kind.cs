using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

internal sealed class Base64Kind : Kind<byte[]>
{
    public override byte[]? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.String && WrongType(value, trail, "a string of base64"))
            return null;
        if (!value.TryGetBytesFromBase64(out var bytes))
            trail.Fault("bad-base64", "is not base64 (RFC 4648, with padding)");
        else if (bytes.Length == 0)
            trail.Fault("empty", "has no bytes");
        else
            return bytes;
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["contentEncoding"] = "base64", ["minLength"] = 4 };
}
