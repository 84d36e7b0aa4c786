using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Tests.Intake.Printed;

/// <summary>JSON with some of its parts changed: it stays JSON, and says something else.</summary>
internal static class MutatedJson
{
    // Half of a pair is written at the end as well (\u0002): the writer takes none. A second member of a name cannot stand in a JsonObject: until it is written it has this behind its name.
    private const string Again = "\u0001";

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "99999999999999999999", "\"\"", "\" \"", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"extension\":[]}", "\"2026-02-30\"", "\"2026\"", "\"\\u0000\"", "\"\\u0002\"", "\"Patient/other\"",
        "\"Patient/1\"", "\"#x\"", "\"http://loinc.org\"", "\"text/html\"", "\"application/pdf\"", "\"application/fhir+json\"", "\"application/cda+xml\"", "\"PGRpdj4=\"", "\"%%%\"", "\"<div><p>a</div>\"", "\"entered-in-error\"",
        "{\"reference\":\"Patient/p\"}", "{\"reference\":\"Goal/g\"}", "{\"text\":\"CHW note ref x/note\"}", "{\"resourceType\":\"Patient\",\"id\":\"p\"}", "{\"resourceType\":\"Composition\"}", "{\"resourceType\":\"Nothing\"}",
    ];

    public static byte[] Of(string original, Random random)
    {
        var root = JsonNode.Parse(original)!;
        for (var changes = random.Next(1, 5); changes > 0; changes--)
            Change(root, random);

        return Encoding.UTF8.GetBytes(root.ToJsonString(new JsonSerializerOptions { MaxDepth = 512 }).Replace("\\u0001\":", "\":", StringComparison.Ordinal).Replace("\\u0002", "\\ud800", StringComparison.Ordinal));
    }

    private static void Change(JsonNode root, Random random)
    {
        List<JsonNode> all = [];
        Gather(root, all);
        var at = all[random.Next(all.Count)];
        switch (random.Next(8))
        {
            case 0 when at.Parent is not null:
                Drop(at);
                break;
            case 1 when at.Parent is JsonObject parent:
                parent[at.GetPropertyName() + Again] = random.Next(2) == 0 ? at.DeepClone() : Value(random);
                break;
            case 2 when at.Parent is not null:
                Swap(at, all[random.Next(all.Count)]);
                break;
            case 3 when at.Parent is not null:
                at.ReplaceWith(new JsonArray(at.DeepClone()));
                break;
            case 4 when at is JsonArray { Count: > 0 } entries:
                for (var times = random.Next(1, 20); times > 0; times--)
                    entries.Add(entries[random.Next(entries.Count)]?.DeepClone());
                break;
            case 5 when at is JsonObject members && all[random.Next(all.Count)] is { Parent: JsonObject } other:
                members[other.GetPropertyName()] = other.DeepClone();
                break;
            case 6 when at is JsonObject or JsonArray && at.Parent is not null:
                // Within itself, so that what is one level deep is many.
                for (var times = random.Next(1, 12); times > 0; times--)
                    Nest(at);
                break;
            default:
                if (at.Parent is not null)
                    at.ReplaceWith(Value(random));
                break;
        }
    }

    private static void Gather(JsonNode node, List<JsonNode> all)
    {
        all.Add(node);
        IEnumerable<JsonNode?> inside = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray entries => entries,
            _ => [],
        };
        foreach (var one in inside.OfType<JsonNode>())
            Gather(one, all);
    }

    private static void Drop(JsonNode node)
    {
        if (node.Parent is JsonObject members)
            members.Remove(node.GetPropertyName());
        else
            node.Parent!.AsArray().Remove(node);
    }

    private static void Swap(JsonNode one, JsonNode other)
    {
        var (first, second) = (one.DeepClone(), other.DeepClone());
        if (other.Parent is not null && one.Root == other.Root)
            other.ReplaceWith(first);
        if (one.Parent is not null)
            one.ReplaceWith(second);
    }

    private static void Nest(JsonNode node)
    {
        if (node is JsonArray entries)
        {
            entries.Add(new JsonArray());
            return;
        }

        var members = node.AsObject();
        var name = node.Parent is JsonObject ? node.GetPropertyName() : members.Select(member => member.Key).FirstOrDefault() ?? "x";
        if (!members.ContainsKey(name) || members[name] is not JsonObject)
            members[name] = new JsonObject();
    }

    private static JsonNode? Value(Random random) => JsonNode.Parse(Values[random.Next(Values.Length)]);
}
