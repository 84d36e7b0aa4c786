namespace ChwFhir.Intake.Narratives;

/// <summary>One sentence with what the lexicon knows in it, and whether a statement in it counts: cues such as "denies" or "if" take it back as far as they reach.</summary>
internal sealed class Sentence
{
    private readonly NarrativeWords words;
    private readonly List<Hit> statements;
    private readonly List<Hit> nothing = [];
    private readonly List<Hit> stops = [];
    // Where they end, and where those that speak of what was before begin.
    private readonly ILookup<int, Hit> before;
    private readonly ILookup<int, Hit> after;

    private Sentence(NarrativeWords words, SentenceRange range, Lexicon lexicon, List<Hit> statements)
    {
        (this.words, Range, this.statements) = (words, range, statements);
        List<Hit> cues = [], covering = [.. statements.Where(said => said.Rule.Kind is RuleKind.Need or RuleKind.Danger)];
        foreach (var hit in lexicon.Contexts.Find(words, range))
        {
            (hit.Rule.Kind switch { RuleKind.Cue => cues, RuleKind.Stop => stops, RuleKind.Nothing => nothing, _ => covering }).Add(hit);
        }

        covering.AddRange(nothing);
        covering.Sort(InOrder);
        // "Isn't a problem" says no to what was before it, and none to what follows; "ya arregló" speaks both ways.
        var isSaidOf = cues.Where(cue => cue.Rule.After).ToList();
        before = Standing([.. cues.Where(cue => !cue.Rule.After && !isSaidOf.Exists(other => cue.Rule.Code == "denied" && other.Rule.Code == "denied" && cue.IsIn(other) && cue.Length < other.Length))], covering).ToLookup(cue => cue.To);
        after = Standing(isSaidOf, covering).ToLookup(cue => cue.From);
    }

    internal SentenceRange Range { get; }

    /// <summary>What is stated here by the words, in their order, whether or not it counts.</summary>
    internal IReadOnlyList<Hit> Statements => statements;

    /// <summary>Null when it states nothing that is not known yet.</summary>
    internal static Sentence? Of(NarrativeWords words, SentenceRange range, Lexicon lexicon, HashSet<string> known)
    {
        words.Hear(lexicon.Heard, range);
        var statements = lexicon.Statements.Find(words, range);
        statements.RemoveAll(said => known.Contains(said.Rule.Code));
        if (statements.Count == 0)
            return null;
        for (var i = 0; i < statements.Count; i++)
        {
            if (words[statements[i].From].Says is >= 0 and var from)
                statements[i] = statements[i] with { From = from };
        }

        statements.Sort(InOrder);
        return new Sentence(words, range, lexicon, statements);
    }

    /// <summary>Null when it says nothing of danger.</summary>
    internal static Sentence? OfDanger(NarrativeWords words, SentenceRange range, Lexicon lexicon)
    {
        var dangers = lexicon.Dangers.Find(words, range);
        if (dangers.Count == 0)
            return null;
        dangers.Sort(InOrder);
        return new Sentence(words, range, lexicon, dangers);
    }

    /// <summary>Why a statement does not count, as a kind of cue; null when it counts.</summary>
    internal string? TakenBackBy(Hit said)
    {
        if (nothing.Exists(other => (other.Rule.Code.Length == 0 || other.Rule.Code == said.Rule.Code) && said.Overlaps(other)))
            return "nothing";
        // "Si se" may end with a word with which the statement begins: "si se le acaba la comida".
        for (var end = said.To; end >= Range.From && said.From - end <= LexiconReader.LongestReach; end--)
            foreach (var cue in before[end])
                if ((end <= said.From || (cue.From < said.From && cue.Rule.Code == "maybe")) && said.From - end <= cue.Rule.Reach && !IsStopped(cue.Rule.Code, end, said.From))
                    return cue.Rule.Code;
        for (var start = said.To; start < Range.To && start - said.To <= LexiconReader.LongestReach; start++)
            foreach (var cue in after[start])
                if (start - said.To <= cue.Rule.Reach && !IsStopped(cue.Rule.Code, said.To, start))
                    return cue.Rule.Code;
        return null;
    }

    internal string Text(int from, int to) => words.Text[words[from].Start..words[to - 1].End];

    // A cue inside a longer cue, or inside words that mean something else as a whole, is none.
    private static List<Hit> Standing(List<Hit> cues, List<Hit> covering)
    {
        List<Hit> standing = [];
        if (cues.Count == 0)
            return standing;
        cues.Sort(InOrder);
        var (next, coveredTo, cuesTo, last) = (0, -1, -1, default(Hit));
        foreach (var cue in cues)
        {
            for (; next < covering.Count && covering[next].From <= cue.From; next++)
                coveredTo = Math.Max(coveredTo, covering[next].To);
            var isSame = last.Rule is not null && last.From == cue.From && last.To == cue.To;
            if (coveredTo < cue.To && (cuesTo < cue.To || (isSame && standing.Count > 0 && standing[^1].From == cue.From && standing[^1].To == cue.To)))
                standing.Add(cue);
            cuesTo = Math.Max(cuesTo, cue.To);
            last = cue;
        }

        return standing;
    }

    private bool IsStopped(string cue, int from, int to)
    {
        foreach (var stop in stops)
        {
            if (stop.From >= from && stop.To <= to && (stop.Rule.Code.Length == 0 || stop.Rule.Code == cue))
                return true;
        }

        return false;
    }

    private static int InOrder(Hit one, Hit other) => one.From != other.From ? one.From - other.From : other.To - one.To;
}
