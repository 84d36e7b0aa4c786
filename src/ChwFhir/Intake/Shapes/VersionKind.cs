using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary><c>schemaVersion</c>: only 1 is known.</summary>
internal sealed class VersionKind : Kind<int?>
{
    public static readonly VersionKind One = new();

    public override int? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.Number && WrongType(value, trail, "the number 1"))
            return null;
        if (value.TryGetDecimal(out var version) && version == 1)
            return 1;

        trail.Fault("unsupported-version", "must be 1; this server reads no other version");
        return null;
    }

    public override JsonObject Schema() => new() { ["const"] = 1 };
}
