using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace ChwFhir.SmartApp.Speech;

/// <summary>The words of the pages in one language; a page has no other. Each area of the app keeps its own in <c>Speech/{language}/{area}.json</c>.</summary>
public sealed class Wording
{
    internal const string Cookie = "chwfhir-language";
    private static readonly Dictionary<string, Wording> All = new(StringComparer.OrdinalIgnoreCase) { ["en"] = Load("en"), ["es"] = Load("es") };
    private readonly Dictionary<string, string> words;

    private Wording(string language, Dictionary<string, string> words) => (Language, this.words) = (language, words);

    public string Language { get; }

    public static Wording English => All["en"];

    public static IEnumerable<string> Languages => All.Keys;

    public IEnumerable<string> Keys => words.Keys;

    /// <summary>What somebody chose on a page; else what their browser asks for.</summary>
    public static Wording For(HttpRequest request) =>
        Sessions.Cookies.Read(request, Cookie) is { } chosen && All.TryGetValue(chosen, out var one) ? one : For(request.Headers.AcceptLanguage);

    /// <summary>The first language of <c>Accept-Language</c> that there is; else English.</summary>
    public static Wording For(StringValues acceptLanguage)
    {
        foreach (var part in string.Join(',', acceptLanguage.ToArray()).Split(',', StringSplitOptions.TrimEntries))
        {
            if (All.TryGetValue(part.Split(';', '-')[0].Trim(), out var one))
                return one;
        }
        return English;
    }

    public static Wording In(string language) => All[language];

    /// <exception cref="KeyNotFoundException">A page asks for a word that nobody wrote.</exception>
    public string this[string key] => words[key];

    public bool Has(string key) => words.ContainsKey(key);

    /// <summary>With what stands in it.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, words[key], values);

    /// <summary>One or many.</summary>
    public string Count(string key, int number) => Say(number == 1 ? key + ".one" : key + ".many", number);

    /// <summary>The word for a code, or the code itself where nobody wrote one.</summary>
    public string Of(string prefix, string code) => words.GetValueOrDefault($"{prefix}.{code}", code);

    private static Wording Load(string language)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var assembly = typeof(Wording).Assembly;
        foreach (var area in assembly.GetManifestResourceNames().Where(name => name.StartsWith($"words/{language}/", StringComparison.Ordinal)))
        {
            using var file = assembly.GetManifestResourceStream(area)!;
            // Two areas that give one key two meanings are a bug: the start says so.
            foreach (var (key, word) in JsonSerializer.Deserialize<Dictionary<string, string>>(file)!)
                words.Add(key, word);
        }
        return new Wording(language, words);
    }
}
