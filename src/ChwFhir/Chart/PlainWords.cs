using System.Text.Json;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>
/// Everyday words for common problems and kinds of medicine, in English and Spanish, from data files beside this one. Where there is no entry there are no plain words:
/// nothing is guessed. A problem is found by its code, else by its name; a medicine by the names of what is in it.
/// </summary>
public sealed class PlainWords
{
    private const string Icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
    private readonly Dictionary<string, InPlainWords> bySnomed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InPlainWords> byIcd = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InPlainWords> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (InPlainWords Words, bool IsSalt)> byIngredient = new(StringComparer.Ordinal);

    private PlainWords(IEnumerable<ProblemWords> problems, IEnumerable<MedicineWords> medicines)
    {
        foreach (var one in problems)
        {
            var words = new InPlainWords(one.En, one.Es);
            foreach (var code in one.Snomed ?? [])
                bySnomed.Add(code, words);
            foreach (var code in one.Icd10 ?? [])
                byIcd.Add(code, words);
            foreach (var name in one.Names ?? [])
                byName.Add(Folded(name), words);
        }
        foreach (var one in medicines)
        {
            foreach (var ingredient in one.Ingredients)
                byIngredient.Add(ingredient, (new InPlainWords(one.En, one.Es), one.Salt));
        }
    }

    public static PlainWords Default { get; } = new(Load<ProblemWords>("problems.json"), Load<MedicineWords>("medicines.json"));

    /// <summary>Null where there are no plain words for it, or they would only repeat the chart's.</summary>
    public InPlainWords? OfProblem(CodeableConcept? concept)
    {
        if (concept is null)
            return null;
        var words = concept.Coding.Where(coding => coding.Code is not null).Select(OfCode).FirstOrDefault(found => found is not null)
            ?? concept.Coding.Select(coding => coding.Display).Prepend(concept.Text).Select(OfName).FirstOrDefault(found => found is not null);
        return words is null || Folded(words.En) == Folded(Said.Text(concept) ?? "") ? null : WithSpread(words, concept);
    }

    // The code says which cancer, the words that it has spread: neither may go unsaid.
    private static InPlainWords WithSpread(InPlainWords words, CodeableConcept concept) =>
        Said.Text(concept)?.Contains("metasta", StringComparison.OrdinalIgnoreCase) is true && words.En.Contains("cancer", StringComparison.OrdinalIgnoreCase) && !words.En.Contains("spread", StringComparison.Ordinal)
            ? new InPlainWords($"{words.En} that has spread", $"{words.Es} que se ha extendido") : words;

    /// <summary>What a medicine of this kind is usually for. Of a combination each part that is known: an opioid beside a plain pain medicine must not go unsaid.</summary>
    public InPlainWords? OfMedicine(string name, CodeableConcept? code)
    {
        foreach (var text in (code?.Coding.Select(coding => coding.Display) ?? []).Prepend(name).OfType<string>())
        {
            var known = text.ToLowerInvariant().Split([' ', '/', ',', '-', '(', ')', '[', ']', '.', ';', '+'], StringSplitOptions.RemoveEmptyEntries)
                .Where(byIngredient.ContainsKey).Select(word => byIngredient[word]).ToList();
            // The potassium of losartan potassium is there to carry the losartan.
            var found = known.Where(one => !one.IsSalt || known.All(other => other.IsSalt)).Select(one => one.Words).Distinct().ToList();
            if (found.Count > 0)
                return found.Count == 1 ? found[0] : new InPlainWords(string.Join(" + ", found.Select(words => words.En)), string.Join(" + ", found.Select(words => words.Es)));
        }
        return null;
    }

    private InPlainWords? OfCode(Coding coding) => coding.System switch
    {
        Said.Snomed => bySnomed.GetValueOrDefault(coding.Code!),
        Icd10 => OfIcd(coding.Code!),
        _ => null,
    };

    // The most exact entry counts: I50.2 before I50.
    private InPlainWords? OfIcd(string code)
    {
        for (var length = code.Length; length >= 3; length--)
        {
            if (byIcd.TryGetValue(code[..length].TrimEnd('.'), out var words))
                return words;
        }
        return null;
    }

    private InPlainWords? OfName(string? name) => name is null ? null : byName.GetValueOrDefault(Folded(name));

    // "Diabetes mellitus type 2 (disorder)" is what SNOMED calls it, and nobody else.
    private static string Folded(string name)
    {
        var text = name.ToLowerInvariant().Trim();
        foreach (var tail in (string[])[" (disorder)", " (finding)", " (situation)", " (morphologic abnormality)"])
        {
            if (text.EndsWith(tail, StringComparison.Ordinal))
                text = text[..^tail.Length];
        }
        return text;
    }

    private static List<T> Load<T>(string name)
    {
        using var file = typeof(PlainWords).Assembly.GetManifestResourceStream("plain-words/" + name)!;
        return JsonSerializer.Deserialize<List<T>>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record ProblemWords(string En, string Es, IReadOnlyList<string>? Names, IReadOnlyList<string>? Icd10, IReadOnlyList<string>? Snomed);

    private sealed record MedicineWords(string En, string Es, IReadOnlyList<string> Ingredients, bool Salt = false);
}
