using System.Collections.Frozen;

namespace ChwFhir.Intake.Narratives;

/// <summary>Rules by the words with which they may begin.</summary>
internal sealed class RuleIndex
{
    private readonly FrozenDictionary<int, LexiconRule[]> byFirstWord;

    internal RuleIndex(IEnumerable<LexiconRule> rules) =>
        byFirstWord = rules.SelectMany(rule => rule.Phrase.First.ToArray(), (rule, word) => (word, rule)).GroupBy(pair => pair.word, pair => pair.rule).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    internal ReadOnlySpan<LexiconRule> BeginningWith(int word) => byFirstWord.TryGetValue(word, out var rules) ? rules : [];
}
