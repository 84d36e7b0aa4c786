namespace ChwFhir.Intake.Narratives;

/// <summary>What a text seems to state, by the words of the lexicon. Pure; its time grows with the text and with nothing else.</summary>
internal static class NarrativeReading
{
    private const int FewestWords = 3;

    /// <param name="title">The heading over the text, where it has one of its own.</param>
    /// <param name="day">Of the visit: what "Tuesday" is counted from.</param>
    internal static List<Finding> Read(string text, Lexicon lexicon, string? title = null, DateOnly? day = null)
    {
        var words = new NarrativeWords(text, lexicon.Vocabulary);
        var scores = new Scores(words, lexicon);
        List<Finding> findings = [], stated = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (range, section) in Sentences(words, lexicon, title))
            Sentence(words, range, lexicon, section, day, scores, known, findings, stated);
        // A score said anywhere says more.
        return [.. findings.Concat(stated.Where(finding => known.Add(finding.Code))).OrderBy(finding => finding.Start)];
    }

    /// <summary>The words that may speak of danger to the patient, here and now.</summary>
    internal static IReadOnlyList<string> Dangers(string text, Lexicon lexicon, string? title = null)
    {
        var words = new NarrativeWords(text, lexicon.Vocabulary);
        SortedSet<string> said = new(StringComparer.Ordinal);
        foreach (var (range, section) in Sentences(words, lexicon, title))
        {
            if (section is "family" or "past" or "told" || Narratives.Sentence.OfDanger(words, range, lexicon) is not { } sentence)
                continue;
            // Somebody's help does not take danger back.
            foreach (var danger in sentence.Statements.Where(danger => sentence.TakenBackBy(danger) is null or "met"))
                said.Add(sentence.Text(danger.From, danger.To).ToLowerInvariant());
        }

        return [.. said];
    }

    private static IEnumerable<(SentenceRange Range, string? Section)> Sentences(NarrativeWords words, Lexicon lexicon, string? title)
    {
        var over = title is null ? null : lexicon.SectionOf(title);
        var from = 0;
        foreach (var section in NarrativeSections.Split(words.Text, lexicon))
        {
            while (from < words.Count && words[from].Start < section.Start)
                from++;
            var to = from;
            while (to < words.Count && words[to].Start < section.Start + section.Length)
                to++;
            foreach (var range in SentenceSplitting.Split(words, from, to, lexicon))
            {
                if (!range.IsQuestion)
                    yield return (range, section.Kind ?? over);
            }

            from = to;
        }
    }

    private static void Sentence(NarrativeWords words, SentenceRange range, Lexicon lexicon, string? section, DateOnly? day, Scores scores, HashSet<string> known, List<Finding> findings, List<Finding> stated)
    {
        var (start, length) = (words[range.From].Start, words[range.To - 1].End - words[range.From].Start);
        var (wanted, planned) = (false, false);
        if (Narratives.Sentence.Of(words, range, lexicon, known) is { } sentence)
        {
            foreach (var said in sentence.Statements)
            {
                // Once is enough, whatever the text repeats.
                if (IsTold(said.Rule.Kind, section) || (said.Rule.Kind is not RuleKind.FollowUp && known.Contains(said.Rule.Code)) || (said.Rule.Kind is RuleKind.Goal && wanted) || (said.Rule.Kind is RuleKind.FollowUp && planned))
                    continue;
                if (sentence.TakenBackBy(said) is { } why && !(said.Rule.Kind is RuleKind.FollowUp && (why is "told" or "met")))
                    continue;

                switch (said.Rule.Kind)
                {
                    case RuleKind.Need: Add(said, null, null); break;
                    case RuleKind.Symptom when scores.Of(sentence, said) is > 0 and var score: Add(said, score, null); break;
                    case RuleKind.StatedSymptom: Stated(said); break;
                    case RuleKind.FollowUp: planned = true; Add(said, null, null, NextVisit()); break;
                    case RuleKind.Goal when range.To - said.To >= FewestWords - 1: wanted = true; Add(said, null, sentence.Text(WantedFrom(said), range.To)); break;
                }
            }

            // "Wants to get back to her garden": what is wanted begins behind "to".
            int WantedFrom(Hit said)
            {
                for (var from = said.To; from > said.From; from--)
                    if (words.Is(from - 1, lexicon.Lists["goal-before"]))
                        return from;
                return said.To;
            }

            DateOnly? NextVisit() =>
                sentence.Statements.FirstOrDefault(said => said.Rule is { Kind: RuleKind.FollowUp, Code.Length: > 0 } && sentence.TakenBackBy(said) is null or "told" or "met") is { Rule: not null } visit
                    ? NextVisitDay.Of(words, range, visit, lexicon, day)
                    : null;

            // "Reports pain 0/10" states none.
            void Stated(Hit said)
            {
                if (scores.Of(sentence, said) is not 0)
                    stated.Add(new Finding(RuleKind.Symptom, said.Rule.Code, start, length, null, null, null, sentence.Text(said.From, said.To), said.Rule.Line));
            }

            void Add(Hit said, int? score, string? goal, DateOnly? visit = null)
            {
                if (said.Rule.Kind is RuleKind.Need or RuleKind.Symptom)
                    known.Add(said.Rule.Code);
                findings.Add(new Finding(said.Rule.Kind, said.Rule.Kind is RuleKind.FollowUp ? "" : said.Rule.Code, start, length, score, goal, visit, sentence.Text(said.From, said.To), said.Rule.Line));
            }
        }

        if (range.To - range.From < FewestWords)
            return;
        if (section == "goals" && !wanted)
            findings.Add(new Finding(RuleKind.Goal, "", start, length, null, words.Text.Substring(start, length), null, "", "[heading goals]"));
        if (section == "follow-up" && !planned)
            findings.Add(new Finding(RuleKind.FollowUp, "", start, length, null, null, NextVisitDay.Of(words, range, null, lexicon, day), "", "[heading follow-up]"));
    }

    // Under "Family history" nothing is the patient's; under "Plan" a need is what is done about it.
    private static bool IsTold(RuleKind kind, string? section) => section switch
    {
        "family" or "past" or "told" => true,
        "plan" or "follow-up" or "goals" => kind is RuleKind.Need or RuleKind.Symptom or RuleKind.StatedSymptom || (section == "goals" && kind is RuleKind.FollowUp),
        _ => false,
    };
}
