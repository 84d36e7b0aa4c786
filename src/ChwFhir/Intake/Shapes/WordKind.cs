using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>A word of one of the contract's closed lists.</summary>
internal sealed class WordKind<T> : Kind<T?> where T : struct, Enum
{
    public static readonly WordKind<T> One = new();

    public override T? Read(JsonElement value, Trail trail)
    {
        if (value.ValueKind != JsonValueKind.String && WrongType(value, trail, "a string"))
            return null;
        if (Words.TryParse<T>(value.GetString()!, out var word))
            return word;

        trail.Fault("not-in-list", $"must be one of {string.Join(", ", Words.All<T>())}");
        return null;
    }

    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. Words.All<T>().Select(word => JsonValue.Create(word))]) };
}
