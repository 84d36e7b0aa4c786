using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>Members that are only asked about: gives the names in their order, and the schema of the object.</summary>
internal sealed class DescribingMembers : Members
{
    private readonly List<(string Name, Func<JsonObject> Schema)> members = [];
    private readonly List<string> required = [];
    private string[] anyOf = [];

    public IReadOnlyList<string> Names => [.. members.Select(member => member.Name)];
    public bool MayBeEmpty => required.Count == 0 && anyOf.Length == 0;

    public override T? Optional<T>(string name, Kind<T> kind) where T : default
    {
        members.Add((name, kind.Schema));
        return default;
    }

    public override T? Required<T>(string name, Kind<T> kind) where T : default
    {
        required.Add(name);
        return Optional(name, kind);
    }

    public override void AnyOf(params ReadOnlySpan<string> names) => anyOf = names.ToArray();

    public JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema()))),
        };
        if (required.Count > 0)
            schema["required"] = Words(required);
        if (anyOf.Length > 0)
            schema["anyOf"] = new JsonArray([.. anyOf.Select(name => new JsonObject { ["required"] = Words([name]) })]);
        if (MayBeEmpty)
            schema["minProperties"] = 1;
        return schema;
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
