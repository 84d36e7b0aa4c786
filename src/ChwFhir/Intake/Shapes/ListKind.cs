using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>An array. An entry that could not be read keeps its place as null, so that rules point at the right ones; such a note is never handed out.</summary>
internal sealed class ListKind<T>(Kind<T> item, int atLeast = 0) : Kind<IReadOnlyList<T>>
{
    public override IReadOnlyList<T>? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.Array && WrongType(value, trail, "an array"))
            return null;

        var items = new T[value.GetArrayLength()];
        if (items.Length < atLeast)
            trail.Fault("empty", $"needs at least {atLeast}");

        var index = 0;
        foreach (var entry in value.EnumerateArray())
        {
            trail.Enter(index);
            items[index++] = item.Read(entry, trail)!;
            trail.Leave();
        }

        return items;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (atLeast > 0)
            schema["minItems"] = atLeast;
        return schema;
    }
}
