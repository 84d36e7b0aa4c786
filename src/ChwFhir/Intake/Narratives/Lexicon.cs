using System.Collections.Frozen;
using System.Reflection;

namespace ChwFhir.Intake.Narratives;

/// <summary>
/// What the service listens for in a narrative: words, not code. The shipped files are <c>fhir-profiles/narratives/*.txt</c>, whose README says how they
/// are written; a programme adds its own (setting <c>Programme:Lexicon</c>).
/// </summary>
public sealed class Lexicon
{
    private static readonly Lazy<Lexicon> Embedded = new(() => With([]));

    private readonly FrozenDictionary<string, string> headings;

    internal Lexicon(Vocabulary vocabulary, IReadOnlyList<LexiconRule> rules, IReadOnlyDictionary<string, string> headings, IReadOnlySet<string> abbreviations, IReadOnlyDictionary<string, int[]> lists)
    {
        (Vocabulary, Abbreviations, Lists) = (vocabulary, abbreviations, lists);
        this.headings = headings.ToFrozenDictionary(StringComparer.Ordinal);
        Heard = new RuleIndex(rules.Where(rule => rule.Kind is RuleKind.Heard));
        Statements = new RuleIndex(rules.Where(IsStatement));
        Dangers = new RuleIndex(rules.Where(rule => rule.Kind is RuleKind.Danger));
        Contexts = new RuleIndex(rules.Where(rule => rule.Kind is RuleKind.Cue or RuleKind.NoCue or RuleKind.Nothing or RuleKind.Stop));
    }

    /// <summary>The shipped one: English and Spanish.</summary>
    public static Lexicon Default => Embedded.Value;

    internal Vocabulary Vocabulary { get; }

    /// <summary>Words behind which a full stop ends no sentence.</summary>
    internal IReadOnlySet<string> Abbreviations { get; }

    /// <summary>The word lists, by name.</summary>
    internal IReadOnlyDictionary<string, int[]> Lists { get; }

    /// <summary>The shipped files and then these.</summary>
    /// <exception cref="LexiconException">A file is not as it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Lexicon With(IReadOnlyList<string> files)
    {
        var reader = new LexiconReader();
        foreach (var name in new[] { "en.txt", "es.txt" })
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"narratives/{name}")
                ?? throw new InvalidOperationException($"The data file {name} is not part of this build.");
            using var text = new StreamReader(stream);
            reader.Read(name, text.ReadToEnd());
        }

        foreach (var file in files)
            reader.Read(Path.GetFileName(file), File.ReadAllText(file));
        return reader.Done();
    }

    /// <summary>Several words that say what one word says.</summary>
    internal RuleIndex Heard { get; }

    internal RuleIndex Statements { get; }

    /// <summary>What may speak of danger.</summary>
    internal RuleIndex Dangers { get; }

    /// <summary>What tells statements that count from those that do not.</summary>
    internal RuleIndex Contexts { get; }

    /// <summary>What kind of section begins under a heading; null when it is none that people use.</summary>
    internal string? SectionOf(ReadOnlySpan<char> heading) => headings.GetValueOrDefault(WordFolding.Line(heading));

    private static bool IsStatement(LexiconRule rule) => rule.Kind is RuleKind.Need or RuleKind.Symptom or RuleKind.StatedSymptom or RuleKind.Goal or RuleKind.FollowUp;
}
