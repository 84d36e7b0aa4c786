using System.Collections.Frozen;

namespace ChwFhir.Intake.Narratives;

/// <summary>Rules by the two words with which they may begin: most texts begin few of them.</summary>
internal sealed class RuleIndex
{
    private readonly FrozenDictionary<int, Beginning> byFirstWord;

    internal RuleIndex(IEnumerable<LexiconRule> rules) =>
        byFirstWord = rules.SelectMany(rule => rule.Phrase.First.ToArray(), (rule, word) => (word, rule)).GroupBy(pair => pair.word, pair => pair.rule)
            .ToFrozenDictionary(group => group.Key, group => new Beginning([.. group]));

    internal List<Hit> Find(NarrativeWords words, SentenceRange range)
    {
        List<Hit> hits = [];
        for (var at = range.From; at < range.To; at++)
        {
            foreach (var id in words.Ids(at))
            {
                if (!byFirstWord.TryGetValue(id, out var beginning))
                    continue;
                Try(beginning.Whatever);
                if (at + 1 == range.To)
                    continue;
                foreach (var second in words.Ids(at + 1))
                    if (beginning.BySecond.TryGetValue(second, out var rules))
                        Try(rules);

                void Try(LexiconRule[] rules)
                {
                    foreach (var rule in rules)
                        if (rule.Phrase.End(words, at, range.To) is > 0 and var end)
                            hits.Add(new Hit(rule, at, end));
                }
            }
        }

        return hits;
    }

    /// <summary>The rules that may begin with a word.</summary>
    private sealed class Beginning(LexiconRule[] rules)
    {
        /// <summary>Those that may end with it, or go on with any word.</summary>
        internal LexiconRule[] Whatever { get; } = [.. rules.Where(rule => rule.Phrase.Second is null)];

        internal FrozenDictionary<int, LexiconRule[]> BySecond { get; } =
            rules.SelectMany(rule => rule.Phrase.Second ?? [], (rule, word) => (word, rule)).GroupBy(pair => pair.word, pair => pair.rule).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }
}
