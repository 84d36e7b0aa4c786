using System.Text.Json.Nodes;

namespace ChwFhir.Planning;

/// <summary>One merge under way: the EHR's resource as it changes, what this visit says, what the visits said before.</summary>
internal sealed class MergeWork(JsonObject merged, JsonObject visit, JsonObject before, IReadOnlyDictionary<string, DateTimeOffset> times, DateTimeOffset visitTime)
{
    public JsonObject Merged { get; } = merged;
    public JsonObject Visit { get; } = visit;
    public JsonObject Before { get; } = before;

    /// <summary>What the visits say, with this one: the base of the next merge.</summary>
    public JsonObject Said { get; } = before.Count == 0 ? visit.DeepClone().AsObject() : before.DeepClone().AsObject();
    public Dictionary<string, DateTimeOffset> Times { get; } = new(times);
    public List<string> Older { get; } = [];

    /// <summary>The rule's name of a choice element: <c>occurrence</c> for <c>occurrenceDateTime</c>.</summary>
    public static string Stem(string name, string[] rules) =>
        rules.FirstOrDefault(rule => name == rule || (name.StartsWith(rule, StringComparison.Ordinal) && name.Length > rule.Length && char.IsUpper(name[rule.Length]))) ?? name;

    /// <summary>Whether this visit is the last to speak of an element; remembers it when it is, names it as older when it would have changed something.</summary>
    public bool Speaks(string element, bool differs)
    {
        if (Times.TryGetValue(element, out var last) && last > visitTime)
        {
            if (differs)
                Older.Add(element);
            return false;
        }
        Times[element] = visitTime;
        return true;
    }

    public void Newest(string name, string stem)
    {
        if (!Speaks(stem, !JsonNode.DeepEquals(Merged[name], Visit[name])))
            return;

        var repeats = JsonNode.DeepEquals(Before[name], Visit[name]);
        Put(Said, name, stem);
        if (repeats && Merged.Any(member => IsOf(member.Key, stem)))
            return;
        Put(Merged, name, stem);
    }

    public void Unite(string name)
    {
        foreach (var into in new[] { Merged, Said })
        {
            var there = List(into, name).Select(Key).ToHashSet();
            foreach (var item in List(Visit, name))
                if (there.Add(Key(item)))
                    Append(into, name, item!);
        }
    }

    public void Own(string name)
    {
        var (now, once) = (List(Visit, name), List(Before, name));
        if (!Speaks(name, !now.All(item => Has(List(Merged, name), item))))
            return;

        var kept = List(Merged, name).Where(item => !Has(once, item) || Has(now, item)).ToList();
        var added = now.Where(item => !Has(List(Merged, name), item) && !Has(once, item));
        Merged[name] = new JsonArray([.. kept.Concat(added).Select(item => item?.DeepClone())]);
        Said[name] = now.DeepClone();
    }

    public void Add(string name)
    {
        foreach (var into in new[] { Merged, Said })
            foreach (var item in List(Visit, name))
                if (!Has(List(into, name), item))
                    Append(into, name, item!);
    }

    public void Fill(string name)
    {
        if (name is "id" or "meta" or "text" || Merged.ContainsKey(name))
            return;

        Merged[name] = Visit[name]?.DeepClone();
        Said[name] = Visit[name]?.DeepClone();
    }

    private void Put(JsonObject into, string name, string stem)
    {
        foreach (var other in into.Select(member => member.Key).Where(member => IsOf(member, stem)).ToList())
            into.Remove(other);
        into[name] = Visit[name]?.DeepClone();
        if (Visit["_" + name] is { } extras)
            into["_" + name] = extras.DeepClone();
    }

    private static bool IsOf(string member, string stem) => member.TrimStart('_') is var name && Stem(name, [stem]) == stem;

    public static JsonArray List(JsonObject from, string name) => from[name] as JsonArray ?? [];

    public static void Append(JsonObject into, string name, JsonNode item)
    {
        if (into[name] is JsonArray list)
            list.Add(item.DeepClone());
        else
            into[name] = new JsonArray(item.DeepClone());
    }

    private static bool Has(JsonArray list, JsonNode? item) => list.Any(other => JsonNode.DeepEquals(other, item));

    /// <summary>What a reference points to, however the server writes it; anything else is itself.</summary>
    public static string Key(JsonNode? item) => item switch
    {
        JsonObject reference when (string?)reference["reference"] is { } text => string.Join('/', text.Split('/').TakeLast(2)),
        JsonObject reference when (string?)reference["identifier"]?["value"] is { } value => value,
        _ => item?.ToJsonString() ?? "",
    };
}
