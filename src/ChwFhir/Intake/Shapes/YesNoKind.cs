using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

internal sealed class YesNoKind : Kind<bool?>
{
    public override bool? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        WrongType(value, trail, "true or false");
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
