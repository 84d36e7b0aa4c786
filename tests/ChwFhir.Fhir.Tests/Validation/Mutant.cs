using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>A resource with one thing broken.</summary>
/// <param name="What">What was done, and where.</param>
/// <param name="Of">The address of the own profile or extension whose example this is a part of.</param>
internal sealed partial record Mutant(string What, string Of, JsonNode Resource)
{
    private const string Own = "https://chwfhir.org/fhir/StructureDefinition/";

    /// <summary>The same thing broken of another example, or in another place of a list.</summary>
    public string Kind => Index().Replace(What, "");

    /// <summary>Every element and every item of a list dropped, every code, reference, date and number broken, every single thing made a list and every list a single thing: one at a time.</summary>
    public static IEnumerable<Mutant> OfExample(JsonNode resource)
    {
        var type = (string)resource["resourceType"]!;
        var claimed = (resource["meta"]?["profile"] as JsonArray ?? []).Select(profile => (string?)profile).FirstOrDefault(IsOwn);
        foreach (var path in Paths(resource, []))
        {
            // Without its claim it promises nothing.
            if (path is ["resourceType" or "id", ..] or ["meta", "profile", ..] || (ExtensionAround(resource, path) ?? claimed) is not { } of)
                continue;

            var place = path.Aggregate(type, (at, step) => step is int index ? $"{at}[{index}]" : $"{at}.{step}");
            yield return new Mutant($"drop {place}", of, Changed(resource, path, Remove));
            foreach (var (how, value) in Broken((string)path.OfType<string>().Last(), At(resource, path)))
                yield return new Mutant($"{how} {place}", of, Changed(resource, path, (owner, step) => Put(owner, step, value.DeepClone())));
        }
    }

    private static bool IsOwn(string? url) => url?.StartsWith(Own, StringComparison.Ordinal) is true;

    // Extensions have their own definitions; what stands in one is that one's.
    private static string? ExtensionAround(JsonNode resource, List<object> path) =>
        Enumerable.Range(1, path.Count).Reverse().Select(steps => At(resource, path.Take(steps)) is JsonObject { } one && IsOwn((string?)(one["url"] as JsonValue)) && path.Contains("extension") ? (string?)one["url"] : null).FirstOrDefault(url => url is not null);

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
            if (name == "reference")
                yield return ("misdirect", JsonValue.Create(text.StartsWith('#') ? "#nobody" : "Slot/1"));
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
                yield return [.. at, i];
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

    private static void Remove(JsonNode owner, object step)
    {
        if (step is int index)
            owner.AsArray().RemoveAt(index);
        else
            owner.AsObject().Remove((string)step);
    }

    private static void Put(JsonNode owner, object step, JsonNode value)
    {
        if (step is int index)
            owner[index] = value;
        else
            owner[(string)step] = value;
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
