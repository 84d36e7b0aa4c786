using System.Text.Json.Nodes;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>A resource with one thing broken.</summary>
/// <param name="What">What was done, and where, without the numbers of lists.</param>
internal sealed record Mutant(string What, JsonNode Resource)
{
    /// <summary>Every element dropped, every code, reference, date and number broken, every single thing made a list and every list a single thing: one at a time.</summary>
    public static IEnumerable<Mutant> Of(JsonNode resource)
    {
        var type = (string)resource["resourceType"]!;
        foreach (var path in Paths(resource, []))
        {
            var place = $"{type}.{string.Join('.', path.Where(step => step is string))}";
            if (place.EndsWith(".resourceType", StringComparison.Ordinal) || place.Contains(".meta.", StringComparison.Ordinal))
                continue;

            yield return new Mutant($"drop {place}", Changed(resource, path, (owner, step) => Remove(owner, step)));
            foreach (var (how, value) in Broken((string)path.OfType<string>().Last(), At(resource, path)))
                yield return new Mutant($"{how} {place}", Changed(resource, path, (owner, step) => Put(owner, step, value.DeepClone())));
        }
    }

    private static IEnumerable<(string, JsonNode)> Broken(string name, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            yield return ("empty", new JsonArray());
            if (list.Count == 1 && list[0] is JsonObject only)
                yield return ("single", only);
        }
        else if (value is JsonObject)
        {
            yield return ("hollow", new JsonObject());
            yield return ("text in place of", JsonValue.Create("text"));
        }
        else if (value is JsonValue plain)
        {
            yield return ("number in place of", JsonValue.Create(12345));
            if (!plain.TryGetValue<string>(out var text))
            {
                yield return ("quote", JsonValue.Create(plain.ToJsonString()));
                yield break;
            }

            yield return ("blank", JsonValue.Create(""));
            if (name == "reference" && !text.StartsWith('#'))
                yield return ("misdirect", JsonValue.Create("Slot/1"));
            else if (text.Length >= 10 && text[4] == '-' && char.IsAsciiDigit(text[0]))
                yield return ("unreadable", JsonValue.Create("14 March"));
            else if (!text.Contains(' ', StringComparison.Ordinal))
                yield return ("other", JsonValue.Create("no-such-thing"));
        }
    }

    private static IEnumerable<List<object>> Paths(JsonNode? node, List<object> at)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                yield return [.. at, name];
                foreach (var below in Paths(value, [.. at, name]))
                    yield return below;
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                foreach (var below in Paths(items[i], [.. at, i]))
                    yield return below;
            }
        }
    }

    private static JsonNode? At(JsonNode from, IEnumerable<object> path) => path.Aggregate((JsonNode?)from, (node, step) => step is int index ? node![index] : node![(string)step]);

    private static JsonNode Changed(JsonNode resource, List<object> path, Action<JsonNode, object> change)
    {
        var copy = resource.DeepClone();
        change(At(copy, path.SkipLast(1))!, path[^1]);

        return copy;
    }

    private static void Remove(JsonNode owner, object step) => owner.AsObject().Remove((string)step);

    private static void Put(JsonNode owner, object step, JsonNode value) => owner[(string)step] = value;
}
