using System.Globalization;
using System.Text;
using System.Text.Json;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>JSON as it is written: names may stand twice, numbers and strings keep each character. Broken ones can be made of it.</summary>
internal sealed class JsonTree
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 2000 };

    public List<(string Name, JsonTree Value)>? Members { get; private set; }

    public List<JsonTree>? Items { get; private set; }

    /// <summary>A string with its quotes and escapes, a number, true, false or null.</summary>
    public string Plain { get; private set; } = "null";

    public static JsonTree Of(string plain) => new() { Plain = plain };

    public static JsonTree List(params IEnumerable<JsonTree> items) => new() { Items = [.. items] };

    public static JsonTree Object(params IEnumerable<(string, JsonTree)> members) => new() { Members = [.. members] };

    /// <summary>Null for what is no JSON.</summary>
    public static JsonTree? Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, Deep);
        try
        {
            json.Read();
            var tree = Read(ref json);

            return json.Read() ? null : tree;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Become(JsonTree other) => (Members, Items, Plain) = (other.Members, other.Items, other.Plain);

    public JsonTree Copy() => new() { Members = Members?.ConvertAll(member => (member.Name, member.Value.Copy())), Items = Items?.ConvertAll(item => item.Copy()), Plain = Plain };

    public IEnumerable<JsonTree> All() => (Members?.Select(member => member.Value) ?? Items ?? []).SelectMany(child => child.All()).Prepend(this);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);

        return text.ToString();
    }

    /// <summary>What a JSON Pointer names; null when there is nothing. One value is the first item of a list that it should have been.</summary>
    public JsonTree? At(string pointer)
    {
        var at = this;
        foreach (var step in pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (step == "0" && at is { Items: null } && at.Member("0") is null)
                continue;
            at = at.Items is { } items ? (int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < items.Count ? items[index] : null) : at.Member(step);
            if (at is null)
                return null;
        }

        return at;
    }

    /// <summary>Whether a path as reading tells it, without the type at its beginning, leads anywhere. Names may have points in them.</summary>
    public bool Has(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty)
            return true;
        if (path[0] == '[')
        {
            var end = path.IndexOf(']');
            return Items is { } items && int.Parse(path[1..end], CultureInfo.InvariantCulture) is var index && (index < items.Count ? items[index].Has(path[(end + 1)..]) : index == 0);
        }

        foreach (var (name, value) in Members ?? [])
        {
            if (path[0] == '.' && path[1..].StartsWith(Letters(name)) && value.Has(path[(1 + Letters(name).Length)..]))
                return true;
        }

        return false;
    }

    /// <summary>Whether both say the same: members in any order, of one that stands twice the first.</summary>
    public static bool AreSame(JsonTree one, JsonTree other)
    {
        if (one.Items is { } items)
            return other.Items is { } others && items.Count == others.Count && items.Zip(others).All(pair => AreSame(pair.First, pair.Second));
        if (one.Members is null)
            return other is { Members: null, Items: null } && (one.Plain == other.Plain || (one.Plain[0] == '"' && other.Plain[0] == '"' && Letters(one.Plain[1..^1]) == Letters(other.Plain[1..^1])));
        if (other.Members is null)
            return false;

        var (left, right) = (ByName(one), ByName(other));

        return left.Count == right.Count && left.All(member => right.TryGetValue(member.Key, out var counterpart) && AreSame(member.Value, counterpart));
    }

    private static Dictionary<string, JsonTree> ByName(JsonTree tree)
    {
        var byName = new Dictionary<string, JsonTree>(StringComparer.Ordinal);
        foreach (var (name, value) in tree.Members!)
            byName.TryAdd(Letters(name), value);

        return byName;
    }

    private static string Letters(string escaped) => JsonStrings.Lenient(Encoding.UTF8.GetBytes(escaped));

    private static JsonTree Read(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            var items = new List<JsonTree>();
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                items.Add(Read(ref json));
            return new JsonTree { Items = items };
        }

        if (json.TokenType != JsonTokenType.StartObject)
            return Of(json.TokenType == JsonTokenType.String ? $"\"{Encoding.UTF8.GetString(json.ValueSpan)}\"" : Encoding.UTF8.GetString(json.ValueSpan));

        var members = new List<(string, JsonTree)>();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = Encoding.UTF8.GetString(json.ValueSpan);
            json.Read();
            members.Add((name, Read(ref json)));
        }

        return new JsonTree { Members = members };
    }

    private JsonTree? Member(string name) => Members?.FirstOrDefault(member => Letters(member.Name) == name).Value;

    private void Write(StringBuilder to)
    {
        if (Items is not null)
        {
            to.Append('[');
            for (var i = 0; i < Items.Count; i++)
                Items[i].Write(i == 0 ? to : to.Append(','));
            to.Append(']');
        }
        else if (Members is not null)
        {
            to.Append('{');
            for (var i = 0; i < Members.Count; i++)
                Members[i].Value.Write((i == 0 ? to : to.Append(',')).Append('"').Append(Members[i].Name).Append("\":"));
            to.Append('}');
        }
        else
        {
            to.Append(Plain);
        }
    }
}
