using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>Looks for words about immigration status and words that blame, in English and Spanish; the list is a data file.</summary>
internal static class Hints
{
    private static readonly Lazy<IReadOnlyList<Rule>> Rules = new(Read);

    /// <summary>Each word once, in the order of the list.</summary>
    public static IReadOnlyList<Hint> In(IEnumerable<string> texts)
    {
        var all = string.Join("\n", texts);
        return [.. from rule in Rules.Value let found = rule.Pattern.Match(all) where found.Success select new Hint(rule.Kind, found.Value, rule.Instead)];
    }

    /// <summary>In all that somebody wrote and does not hold back.</summary>
    public static IReadOnlyList<Hint> In(BuiltNote built) => In(Texts(JsonSerializer.SerializeToElement(built.Note), built.Note.ContainsKey("narrativeHold")));

    private static IEnumerable<string> Texts(JsonElement json, bool withoutNarrative) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(one => Texts(one, false)),
        JsonValueKind.Object when json.TryGetProperty("hold", out _) => [],
        JsonValueKind.Object => json.EnumerateObject().Where(member => member.Name is not ("patient" or "author" or "programme" or "id" or "domain" or "home") && !(withoutNarrative && member.Name == "narrative")).SelectMany(member => Texts(member.Value, false)),
        _ => [],
    };

    private static List<Rule> Read()
    {
        using var file = typeof(Hints).Assembly.GetManifestResourceStream("write-visit/hints.json")!;
        using var json = JsonDocument.Parse(file);
        return [.. from rule in json.RootElement.GetProperty("words").EnumerateArray()
                   select new Rule(rule.GetProperty("kind").GetString()!, new Regex($@"(?<!\w)(?:{rule.GetProperty("pattern").GetString()})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200)),
                       rule.TryGetProperty("instead", out var instead) ? instead.GetString() : null)];
    }

    private sealed record Rule(string Kind, Regex Pattern, string? Instead);
}
