namespace ChwFhir.Intake.Narratives;

/// <summary>The score from 0 to 10 that stands beside a symptom: "pain is 7/10", "8 out of 10 pain", "rates her pain at 6".</summary>
internal sealed class Scores(NarrativeWords words, Lexicon lexicon)
{
    private const int Worst = 10;
    private const int Ahead = 8;
    private const int Before = 3;

    private readonly int[] between = lexicon.Lists["score-between"];
    private readonly int[] of = lexicon.Lists["score-of"];
    private readonly int[] others = lexicon.Lists["not-score"];

    internal int? Of(Sentence sentence, Hit symptom)
    {
        var next = sentence.Statements.FirstOrDefault(other => other.Rule.Kind is RuleKind.Symptom && other.From >= symptom.To) is { Rule: not null } following ? following.From : sentence.Range.To;
        var bare = true;
        int? found = null;
        for (var at = symptom.To; at < Math.Min(next, symptom.To + Ahead); at++)
        {
            if (Is(at, others))
                return null;
            if (words[at].Number is >= 0 and <= Worst and var score && !IsPartOfMore(at, sentence.Range.To))
            {
                if (IsOfTen(at, sentence.Range.To))
                    return AtLast(sentence, at, next) ?? score;
                if (bare)
                    found ??= IsUnit(at + 1, sentence.Range.To) ? null : score;
            }

            bare &= Is(at, between);
        }

        return found ?? InFront(sentence, symptom);
    }

    // "From 8/10 to 4/10" is 4 now.
    private int? AtLast(Sentence sentence, int at, int next)
    {
        if (at == 0 || !Is(at - 1, lexicon.Lists["score-from"]))
            return null;
        for (var later = at + 1; later < Math.Min(next, at + Ahead); later++)
            if (words[later].Number is >= 0 and <= Worst && IsOfTen(later, sentence.Range.To))
                return words[later].Number;
        return null;
    }

    private int? InFront(Sentence sentence, Hit symptom)
    {
        for (var at = Math.Max(sentence.Range.From, symptom.From - Before - 1); at < symptom.From; at++)
            if (words[at].Number is >= 0 and <= Worst && IsOfTen(at, sentence.Range.To) && Ten(at) is var ten && ten < symptom.From && symptom.From - ten <= Before)
                return words[at].Number;
        return null;
    }

    private bool IsOfTen(int at, int to) => Ten(at) is var ten && ten < to && ten > at && words[ten].Number == Worst;

    private int Ten(int at)
    {
        if (at + 1 < words.Count && words.Between(at, at + 1).Trim() is "/")
            return at + 1;
        var ten = at + 1;
        while (ten < words.Count && ten <= at + 2 && Is(ten, of))
            ten++;
        return ten == at + 1 || ten >= words.Count ? at : ten;
    }

    // "10/24", "6-7 days", "7.5": the number is not a score by itself.
    private bool IsPartOfMore(int at, int to) =>
        (at > 0 && words[at - 1].Number >= 0 && words.Between(at - 1, at).Trim() is "/" or ".")
        || (at + 1 < to && words[at + 1].Number >= 0 && (words.Between(at, at + 1).Trim() is "." or "-" or "\u2013" or ":" || (words[at + 1].Number != Worst && words.Between(at, at + 1).Trim() is "/")));

    private bool IsUnit(int at, int to) => at < to && words.Between(at - 1, at).IndexOfAny(",.;)\n") < 0 && !Is(at, between) && !Is(at, lexicon.Lists["score-behind"]);

    private bool Is(int at, int[] list) => words.Is(at, list);
}
