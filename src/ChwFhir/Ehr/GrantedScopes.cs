namespace ChwFhir.Ehr;

/// <summary>
/// What a token may do, as SMART spells it: <c>system/Observation.write</c> (version 1) or <c>system/Observation.cu</c> (version 2, letters of <c>cruds</c>),
/// <c>*</c> for all types or all that is done with them. Of the queries behind a scope only vital signs are understood; what another leaves out is for the server to refuse.
/// </summary>
public sealed class GrantedScopes
{
    private static readonly Dictionary<char, string> Letters = new() { ['c'] = Interactions.Create, ['r'] = Interactions.Read, ['u'] = Interactions.Update, ['d'] = "delete", ['s'] = Interactions.Search };

    private const string VitalSigns = "vital-signs";

    private readonly HashSet<(string Type, string Interaction)> granted;

    private GrantedScopes(HashSet<(string, string)> granted, IReadOnlyList<string> words) => (this.granted, Words) = (granted, words);

    /// <summary>Observations may be created, but each scope that says so says that it means vital signs.</summary>
    public bool VitalSignsOnly
    {
        get
        {
            var creating = Words.Where(word => Read(word) is ("Observation" or "*", var may) && may.Contains(Interactions.Create)).ToList();
            return creating.Count > 0 && creating.TrueForAll(word => word.Split('?', 2) is [_, var query] && query.Contains(VitalSigns, StringComparison.Ordinal));
        }
    }

    /// <summary>The scopes that speak of resources, as they were granted.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <returns>Null when nothing is said of resources: some servers grant by other means.</returns>
    public static GrantedScopes? Parse(string? text)
    {
        HashSet<(string, string)> granted = [];
        List<string> words = [];
        foreach (var word in (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(word) is not { } scope)
                continue;
            words.Add(word);
            granted.UnionWith(scope.Interactions.Select(interaction => (scope.Type, interaction)));
        }

        return words.Count == 0 ? null : new GrantedScopes(granted, words);
    }

    public bool Allow(string type, string interaction) => granted.Contains((type, interaction)) || granted.Contains(("*", interaction));

    private static (string Type, IEnumerable<string> Interactions)? Read(string word)
    {
        var scope = word.Split('?', 2)[0];
        if (scope.Split('/', 2) is not ["system" or "user" or "patient", var what] || what.Split('.', 2) is not [{ Length: > 0 } type, { Length: > 0 } may])
            return null;

        return may switch
        {
            "*" => (type, Letters.Values),
            "read" => (type, [Interactions.Read, Interactions.Search]),
            "write" => (type, [Interactions.Create, Interactions.Update, "delete"]),
            _ when may.All(Letters.ContainsKey) => (type, may.Select(letter => Letters[letter])),
            _ => null,
        };
    }
}
