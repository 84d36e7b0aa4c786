using System.Collections.Frozen;

namespace ChwFhir.Sandbox.Rules;

/// <summary>One element as R4 defines it.</summary>
/// <param name="Type">A data type, or <c>#path</c> of the elements inside.</param>
/// <param name="Codes">The codes of a required binding.</param>
/// <param name="Targets">The types that a reference may point at; empty is any.</param>
/// <param name="Choice">The group of which only one may be there, as <c>value</c> of <c>value[x]</c>.</param>
internal sealed record Element(string Name, bool Required, bool Repeats, string Type, FrozenSet<string>? Codes, string[] Targets, string? Choice);

/// <summary>What R4 says of the types that the server keeps, read from <c>structure.txt</c>; nothing of it comes from the product's own model.</summary>
internal static class Structure
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, Element>> ByPath = Read();

    /// <summary>The elements of a type or of a path inside one; null for a type that this server does not keep.</summary>
    public static FrozenDictionary<string, Element>? Of(string path) => ByPath.GetValueOrDefault(path);

    private static FrozenDictionary<string, FrozenDictionary<string, Element>> Read()
    {
        using var reader = new StreamReader(typeof(Structure).Assembly.GetManifestResourceStream("structure.txt")!);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|')).ToList();
        var codes = lines.Where(line => line[0][0] == '=').ToDictionary(line => line[0][1..], line => line[1].Split(',').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
        return lines.Where(line => line[0][0] != '=').ToFrozenDictionary(line => line[0],
            line => line[1].Split(';').Select(words => ElementOf(words, codes)).ToFrozenDictionary(element => element.Name, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static Element ElementOf(string words, Dictionary<string, FrozenSet<string>> codes)
    {
        var at = words.IndexOfAny(['?', '!', '*', '+']);
        var parts = words[(at + 1)..].Split('^');
        var (type, list) = parts[0].StartsWith("code=", StringComparison.Ordinal) ? ("code", codes[parts[0][5..]]) : (parts[0], null);
        var targets = type.StartsWith("Reference:", StringComparison.Ordinal) ? type["Reference:".Length..].Split(',') : [];
        return new(words[..at], words[at] is '!' or '+', words[at] is '*' or '+', targets.Length > 0 ? "Reference" : type, list, targets, parts is [_, var choice] ? choice : null);
    }
}
