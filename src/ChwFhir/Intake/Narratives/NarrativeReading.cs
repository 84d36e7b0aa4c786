namespace ChwFhir.Intake.Narratives;

/// <summary>What a text seems to state, by the words of the lexicon. Pure; its time grows with the text and with nothing else.</summary>
internal static class NarrativeReading
{
    private const int FewestWords = 3;

    /// <param name="title">The heading over the text, where it has one of its own.</param>
    internal static List<Finding> Read(string text, Lexicon lexicon, string? title = null)
    {
        var words = new NarrativeWords(text, lexicon.Vocabulary);
        var scores = new Scores(words, lexicon);
        List<Finding> findings = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        var over = title is null ? null : lexicon.SectionOf(title);
        var from = 0;
        foreach (var section in NarrativeSections.Split(text, lexicon))
        {
            while (from < words.Count && words[from].Start < section.Start)
                from++;
            var to = from;
            while (to < words.Count && words[to].Start < section.Start + section.Length)
                to++;
            foreach (var range in SentenceSplitting.Split(words, from, to, lexicon))
            {
                if (!range.IsQuestion)
                    Sentence(words, range, lexicon, section.Kind ?? over, scores, known, findings);
            }

            from = to;
        }

        return findings;
    }

    private static void Sentence(NarrativeWords words, SentenceRange range, Lexicon lexicon, string? section, Scores scores, HashSet<string> known, List<Finding> findings)
    {
        var (start, length) = (words[range.From].Start, words[range.To - 1].End - words[range.From].Start);
        var (wanted, planned) = (false, false);
        if (Narratives.Sentence.Of(words, range, lexicon, known) is { } sentence)
        {
            foreach (var said in sentence.Statements)
            {
                // Once is enough, whatever the text repeats.
                if (IsTold(said.Rule.Kind, section) || known.Contains(said.Rule.Code) || (said.Rule.Kind is RuleKind.Goal && wanted) || (said.Rule.Kind is RuleKind.FollowUp && planned))
                    continue;
                if (sentence.TakenBackBy(said) is { } why && !(said.Rule.Kind is RuleKind.FollowUp && (why is "told" or "met")) && !(said.Rule.Kind is RuleKind.Danger && why == "met"))
                    continue;

                switch (said.Rule.Kind)
                {
                    case RuleKind.Need or RuleKind.Danger: Add(said, null, null); break;
                    case RuleKind.Symptom when scores.Of(sentence, said) is > 0 and var score: Add(said, score, null); break;
                    case RuleKind.FollowUp: planned = true; Add(said, null, null); break;
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

            void Add(Hit said, int? score, string? goal)
            {
                if (said.Rule.Code.Length > 0)
                    known.Add(said.Rule.Code);
                findings.Add(new Finding(said.Rule.Kind, said.Rule.Code, start, length, score, goal, sentence.Text(said.From, said.To), said.Rule.Line));
            }
        }

        if (range.To - range.From < FewestWords)
            return;
        if (section == "goals" && !wanted)
            findings.Add(new Finding(RuleKind.Goal, "", start, length, null, words.Text.Substring(start, length), "", "[heading goals]"));
        if (section == "follow-up" && !planned)
            findings.Add(new Finding(RuleKind.FollowUp, "", start, length, null, null, "", "[heading follow-up]"));
    }

    // Under "Family history" nothing is the patient's; under "Plan" a need is what is done about it.
    private static bool IsTold(RuleKind kind, string? section) => section switch
    {
        "family" or "past" or "told" => true,
        "plan" or "follow-up" or "goals" => kind is RuleKind.Need or RuleKind.Symptom || (section == "goals" && kind is RuleKind.FollowUp),
        _ => false,
    };
}
