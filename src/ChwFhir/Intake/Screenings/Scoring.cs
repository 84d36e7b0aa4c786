namespace ChwFhir.Intake.Screenings;

/// <summary>What an instrument computes, as it defines it. A total with an answer missing is no total.</summary>
internal static class Scoring
{
    internal static ScreeningAnswer? Answer(Screening screening, string item)
    {
        foreach (var answer in screening.Answers)
        {
            if (answer.Item == item)
                return answer;
        }

        return null;
    }

    /// <summary>What an answer counts; null where it is no number, and none that has a score.</summary>
    internal static decimal? Score(InstrumentForm form, ScreeningAnswer answer) =>
        answer.Number ?? (answer.Texts is [{ } only] ? form.Item(answer.Item)?.Option(only)?.Score : null);

    /// <summary>What the answers say is missing.</summary>
    internal static IEnumerable<FormNeed> Needs(InstrumentForm form, ScreeningAnswer answer)
    {
        if (form.Item(answer.Item) is not { } item)
            return [];
        if (answer.Number is { } number)
            return item.Option(number)?.Need is { } need ? [need] : [];

        return answer.Texts.Select(text => item.Option(text)?.Need).OfType<FormNeed>();
    }

    internal static decimal? Sum(InstrumentForm form, ScoreRule rule, Screening screening)
    {
        if (rule.Kind != ScoreRule.Sum)
            return null;

        var total = 0m;
        foreach (var item in rule.Of)
        {
            if (Answer(screening, item) is not { } answer || Score(form, answer) is not { } score)
                return null;
            total += score;
        }

        return total;
    }

    /// <summary>Between what a sum must lie, whatever the items come to that have no score yet; null where one of them has no bounds.</summary>
    internal static (decimal Least, decimal Most)? Reach(InstrumentForm form, ScoreRule rule, Screening screening)
    {
        if (rule.Kind != ScoreRule.Sum)
            return null;

        var (least, most) = (0m, 0m);
        foreach (var linkId in rule.Of)
        {
            if (Answer(screening, linkId) is { } answer && Score(form, answer) is { } score)
                (least, most) = (least + score, most + score);
            else if (form.Item(linkId) is { } item && Bounds(item) is { } bounds)
                (least, most) = (least + bounds.Least, most + bounds.Most);
            else
                return null;
        }

        return (least, most);
    }

    private static (decimal Least, decimal Most)? Bounds(FormItem item)
    {
        var scores = item.Options.Select(option => option.Score).OfType<decimal>().ToList();

        return scores.Count > 0 ? (scores.Min(), scores.Max()) : item is { Least: { } least, Most: { } most } ? (least, most) : null;
    }

    /// <summary>Yes or no, where the answers are enough to say so.</summary>
    internal static FormOption? AnyNeed(InstrumentForm form, FormItem result, Screening screening)
    {
        if (result.Rule is not { Kind: ScoreRule.AnyNeed } rule)
            return null;

        var answers = rule.Of.Select(item => Answer(screening, item)).ToList();
        if (answers.Exists(answer => answer is not null && Needs(form, answer).Any()))
            return result.Option(rule.Yes!);

        return answers.TrueForAll(answer => answer is { Texts: [{ } only] } && form.Item(answer.Item)?.Option(only) is { } option && rule.NoFrom.Contains(option.Code)) ? result.Option(rule.No!) : null;
    }
}
