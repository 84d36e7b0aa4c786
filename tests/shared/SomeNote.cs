using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Testing;

/// <summary>The full note of <c>tests/shared/notes/full.json</c>, and the same with something changed.</summary>
internal sealed class SomeNote
{
    private static readonly string Full = File.ReadAllText(Repository.Path("tests", "shared", "notes", "full.json"));
    private readonly JsonNode note = JsonNode.Parse(Full)!;

    public static byte[] Whole => Encoding.UTF8.GetBytes(Full);

    /// <summary>The smallest note that is taken.</summary>
    public static SomeNote Small() => new SomeNote().Keep("id", "patient", "author", "visit", "narrative").Remove("/visit/participants");

    public static byte[] Swap(string old, string @new) =>
        Full.Contains(old, StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(Full.Replace(old, @new, StringComparison.Ordinal))
            : throw new ArgumentException($"The full note has no {old}");

    /// <summary>Sets a member or an entry (<c>-</c> adds one) to a value given as JSON.</summary>
    public SomeNote Set(string pointer, string json)
    {
        var (parent, last) = Find(pointer);
        var value = JsonNode.Parse(json);
        if (parent is JsonArray array && last == "-")
            array.Add(value);
        else if (parent is JsonArray entries)
            entries[int.Parse(last)] = value;
        else
            parent[last] = value;
        return this;
    }

    public SomeNote Remove(string pointer)
    {
        var (parent, last) = Find(pointer);
        if (!parent.AsObject().Remove(last))
            throw new ArgumentException($"The note has no {pointer}");
        return this;
    }

    public SomeNote Keep(params string[] members)
    {
        foreach (var name in note.AsObject().Select(member => member.Key).Except(members).ToList())
            note.AsObject().Remove(name);
        return this;
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(note.ToJsonString());

    private (JsonNode Parent, string Last) Find(string pointer)
    {
        var steps = pointer.Split('/')[1..].Select(step => step.Replace("~1", "/").Replace("~0", "~")).ToArray();
        var parent = note;
        foreach (var step in steps[..^1])
            parent = (parent is JsonArray array ? array[int.Parse(step)] : parent[step]) ?? throw new ArgumentException($"The note has no {pointer}");
        return (parent, steps[^1]);
    }
}
