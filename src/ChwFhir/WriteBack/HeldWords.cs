using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>Whether words that a note holds back since it was amended stand somewhere still. Pure.</summary>
internal static class HeldWords
{
    private static readonly char[] Marks = ['.', ',', ';', ':', '!', '?', '(', ')'];

    // The elements that people write; "text" is a narrative too, whose words stand in its div.
    private static readonly HashSet<string> InWords = ["text", "description", "display", "title", "comment", "valueString"];

    /// <summary>Whether a document says anything that another does not. Head and foot do not count: who wrote it, when, what it replaces and what it is called.</summary>
    public static bool SaysMore(string then, string now)
    {
        var said = Clauses(now.Split('\n')).ToHashSet(StringComparer.Ordinal);
        return Clauses(then.Split('\n').SkipWhile(line => line.Length > 0).SkipLast(1)).Any(clause => !said.Contains(clause));
    }

    /// <summary>Whether a document, where it says what it corrects, names what another does not say.</summary>
    public static bool NamesMore(Correction? then, string now)
    {
        var said = Folding.Fold(now);
        return then?.Gone.Select(gone => gone.Split('"', 2)).Any(gone => gone.Length == 2 && !HasWords(said, Folding.Fold(gone[1].TrimEnd('"')))) is true;
    }

    /// <summary>What earlier editions say in words in a part, and the last one does not, folded.</summary>
    public static IReadOnlySet<string> Lost(string key, IEnumerable<EarlierContent> earlier, MappedNote now)
    {
        var part = HeldSince.Part(key);
        var lost = earlier.Where(one => one.Version.Edition is not null).SelectMany(one => one.Says?.Resources ?? []).Where(resource => resource.Key == part).SelectMany(resource => Words(resource.Resource)).ToHashSet(StringComparer.Ordinal);
        return Without(lost, now.Resources.Where(resource => resource.Key == part).Select(resource => resource.Resource));
    }

    /// <summary>Without the words that these say too, be it among others.</summary>
    public static IReadOnlySet<string> Without(IReadOnlySet<string> words, IEnumerable<Resource> said)
    {
        List<string> texts = [.. said.SelectMany(Words)];
        return words.Where(one => !texts.Exists(text => HasWords(text, Bare(one)))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a resource says one of these words, in what it holds or in its narrative, also with others around them.</summary>
    public static bool Says(Resource there, IReadOnlySet<string> words)
    {
        List<string> texts = [.. Words(there), there is DomainResource { Text.Div: { } div } ? Folding.Fold(Intake.FhirDocuments.Narratives.Text(div)) : ""];
        return words.Select(Bare).Any(one => one.Length > 0 && texts.Exists(text => HasWords(text, one)));
    }

    /// <summary>What people wrote in it, folded.</summary>
    public static IEnumerable<string> Words(Resource resource) => Strings(Merge.Json(resource)).Select(Folding.Fold).Where(text => text.Length > 0);

    private static string Bare(string words) => words.Trim([' ', .. Marks]);

    private static IEnumerable<string> Clauses(IEnumerable<string> lines) =>
        lines.SelectMany(line => line.TrimStart('-', ' ').Split(Marks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Folding.Fold).Where(clause => clause.Length > 0);

    private static bool HasWords(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (IsEdge(text, at) && IsEdge(text, at + words.Length))
                return true;
        }
        return false;
    }

    private static bool IsEdge(string text, int at) => at == 0 || at == text.Length || !IsOfWord(text[at - 1]) || !IsOfWord(text[at]);

    // From Thai on scripts put no space between words, or hang on to them what belongs to them.
    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) && character < '\u0E00';

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Value is JsonValue value ? value.TryGetValue<string>(out var text) && InWords.Contains(member.Key) ? [text] : [] : Strings(member.Value)),
        JsonArray list => list.SelectMany(Strings),
        _ => [],
    };
}
