using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChwFhir.Chart;

namespace ChwFhir.CareTeam.Advice;

/// <summary>
/// Whether what somebody writes to a CHW sounds like advice for the patient: a medicine, a dose, a word for starting, stopping or changing. Advice is said by whoever gives it
/// and is never passed on, so its writer is asked once. It only asks: rather once too often than once too few. Pure; the words are data (<c>advice.json</c>).
/// </summary>
public sealed partial class AdviceGuard
{
    private const int MostShown = 6;
    private const int LongestPhrase = 4;
    private readonly HashSet<string> changing = new(StringComparer.Ordinal);
    private readonly List<string> beginnings = [];
    private readonly HashSet<string> harmless = new(StringComparer.Ordinal);
    private readonly HashSet<string> medicines = new(StringComparer.Ordinal);
    private readonly List<Regex> doses;

    private AdviceGuard(AdviceWords words)
    {
        foreach (var word in words.Changing)
        {
            if (word.EndsWith('*'))
                beginnings.Add(word[..^1]);
            else
                changing.Add(word);
        }
        harmless.UnionWith(words.Not);
        medicines.UnionWith(words.Medicines);
        doses = [.. words.Doses.Select(pattern => new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];
    }

    public static AdviceGuard Default { get; } = new(Load());

    /// <summary>Whether a reply is listened to: what a CHW writes to the team is no advice, what comes back to a CHW may be.</summary>
    public static bool Minds(TeamCaller writer, MessageView message) => !writer.IsOnlyChw && message.IsReadByChw;

    /// <summary>The words that sound like advice, as they were written; none: nothing is asked.</summary>
    /// <param name="chart">Medicines of the patient's chart, by name.</param>
    public IReadOnlyList<string> Heard(string text, IEnumerable<string>? chart = null)
    {
        var folded = Fold(text);
        var theirs = (chart ?? []).SelectMany(name => Word().Matches(Fold(name)).Select(word => word.Value)).Where(IsName).ToHashSet(StringComparer.Ordinal);
        List<(int At, int Length)> heard = [.. doses.SelectMany(dose => dose.Matches(folded).Select(match => (match.Index, match.Length)))];
        var words = Word().Matches(folded);
        for (var at = 0; at < words.Count; at++)
        {
            if (Longest(words, at, folded, harmless) is > 1 and var passed)
            {
                at += passed - 1;
                continue;
            }
            if (Longest(words, at, folded, changing) is > 0 and var many)
                heard.Add((words[at].Index, words[at + many - 1].Index + words[at + many - 1].Length - words[at].Index));
            else if (words[at].Value is var word && (beginnings.Exists(beginning => word.StartsWith(beginning, StringComparison.Ordinal)) || medicines.Contains(word) || theirs.Contains(word) || PlainWords.Default.OfMedicine(word, null) is not null))
                heard.Add((words[at].Index, words[at].Length));
        }
        return [.. heard.OrderBy(one => one.At).ThenByDescending(one => one.Length).Select(one => text.Substring(one.At, one.Length).ToLowerInvariant()).Distinct().Take(MostShown)];
    }

    // How many words from here on are one of the phrases; 0: none.
    private static int Longest(MatchCollection words, int at, string text, HashSet<string> phrases)
    {
        for (var many = Math.Min(LongestPhrase, words.Count - at); many > 0; many--)
        {
            var last = words[at + many - 1];
            if (phrases.Contains(text[words[at].Index..(last.Index + last.Length)]))
                return many;
        }
        return 0;
    }

    // Of "morphine sulfate 15 MG extended release oral tablet" the names, not the form.
    private bool IsName(string word) => word.Length > 4 && !Forms.Contains(word) && !changing.Contains(word);

    private static readonly HashSet<string> Forms =
    [
        "tablet", "tablets", "capsule", "capsules", "extended", "release", "delayed", "solution", "suspension", "injection", "injectable", "cream", "ointment", "patch", "transdermal", "sublingual", "inhaler",
        "inhalation", "powder", "prefilled", "syringe", "chewable", "coated", "topical", "nasal", "spray", "drops", "acid", "sodium", "chloride", "sulfate", "hydrochloride", "tartrate", "actuation", "metered", "vitamin",
    ];

    // As many characters as before, so that places stay: an accent is its letter.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var lower = char.ToLower(letter, CultureInfo.InvariantCulture);
            folded.Append(lower switch { 'á' or 'à' => 'a', 'é' or 'è' => 'e', 'í' => 'i', 'ó' => 'o', 'ú' or 'ü' => 'u', 'ñ' => 'n', '\u2019' => '\'', _ => lower });
        }
        return folded.ToString();
    }

    private static AdviceWords Load()
    {
        using var file = typeof(AdviceGuard).Assembly.GetManifestResourceStream("care-team/advice.json")!;
        return JsonSerializer.Deserialize<AdviceWords>(file, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"[\p{L}\d']+")]
    private static partial Regex Word();

    private sealed record AdviceWords(IReadOnlyList<string> Changing, IReadOnlyList<string> Not, IReadOnlyList<string> Doses, IReadOnlyList<string> Medicines);
}
