using System.Collections.Frozen;

namespace ChwFhir.Sandbox.Search;

/// <summary>The types that this server keeps and what each can be searched by, read once from <c>SearchParameters.txt</c>.</summary>
internal static class SearchParameters
{
    private static readonly SearchParameter[] OfEvery =
    [
        new("_tag", ParameterKind.Token, ["meta.tag"]),
        new("_security", ParameterKind.Token, ["meta.security"]),
        new("_profile", ParameterKind.Uri, ["meta.profile"]),
        new("_source", ParameterKind.Uri, ["meta.source"])
    ];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, SearchParameter>> ByType = Read();

    public static IEnumerable<string> Types => ByType.Keys.Order(StringComparer.Ordinal);

    public static bool IsType(string type) => ByType.ContainsKey(type);

    public static IEnumerable<SearchParameter> Of(string type) => ByType[type].Values.OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    public static SearchParameter? Find(string type, string name) => ByType[type].GetValueOrDefault(name);

    private static FrozenDictionary<string, FrozenDictionary<string, SearchParameter>> Read()
    {
        using var reader = new StreamReader(typeof(SearchParameters).Assembly.GetManifestResourceStream("SearchParameters.txt")!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Line).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static KeyValuePair<string, FrozenDictionary<string, SearchParameter>> Line(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var own = line[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parameter);
        return new(line[..colon], own.Concat(OfEvery).ToFrozenDictionary(parameter => parameter.Name, StringComparer.Ordinal));
    }

    private static SearchParameter Parameter(string words) => words.Split(' ') is [var name, var kind, var paths]
        ? new(name, Kind(kind), paths.Split(','), kind.Split(':') is [_, var target] ? target : null)
        : throw new FormatException(words);

    private static ParameterKind Kind(string letter) => letter[0] switch
    {
        't' => ParameterKind.Token,
        'r' => ParameterKind.Reference,
        'd' => ParameterKind.Date,
        's' => ParameterKind.String,
        'u' => ParameterKind.Uri,
        _ => throw new FormatException(letter)
    };
}
