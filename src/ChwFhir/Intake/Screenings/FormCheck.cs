using System.Text.RegularExpressions;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Screenings;

/// <summary>
/// Answers held against their instrument. What the instrument does not know is a fault; what a form may leave open (an item left out, one answered that was not to be asked)
/// is only remarked on: a screening that was broken off is a screening.
/// </summary>
internal static partial class FormCheck
{
    /// <param name="pointer">The place of all answers.</param>
    internal static void Check(InstrumentForm form, IReadOnlyList<PlacedAnswer> answers, string pointer, Trail trail)
    {
        var first = new Dictionary<string, PlacedAnswer>(StringComparer.Ordinal);
        foreach (var placed in answers)
        {
            if (form.Item(placed.Answer.Item) is not { } item)
            {
                trail.FaultAt(placed.Item, "unknown-item", $"is no item of {form.Title}");
                continue;
            }

            if (!first.TryAdd(item.LinkId, placed) && !item.Repeats)
                trail.FaultAt(placed.Item, "answered-twice", $"is answered at {first[item.LinkId].Item} already");
            Answer(item, placed, trail);
        }

        Conditions(form, first, trail);
        Complete(form, first, pointer, trail);
    }

    private static void Answer(FormItem item, PlacedAnswer placed, Trail trail)
    {
        if (placed.Answer.Number is { } number)
            Number(item, number, placed, trail);
        else if (item.Type == FormItemType.Choice)
            Choice(item, placed, trail);
        else
            Texts(item, placed, trail);
    }

    private static void Number(FormItem item, decimal number, PlacedAnswer placed, Trail trail)
    {
        if (item.Type == FormItemType.Choice && item.Option(number) is null)
            trail.FaultAt(placed.One(0), item.Options.Any(option => option.Score is not null) ? "out-of-range" : "wrong-type", $"is no score of an answer to {item.LinkId}; send its code");
        else if (item.Type == FormItemType.Integer && number != decimal.Truncate(number))
            trail.FaultAt(placed.One(0), "wrong-type", "must be a whole number");
        else if (number < item.Least || number > item.Most)
            trail.FaultAt(placed.One(0), "out-of-range", item.Most is { } most ? FormattableString.Invariant($"must be from {item.Least} to {most}") : FormattableString.Invariant($"must not be below {item.Least}"));
    }

    private static void Choice(FormItem item, PlacedAnswer placed, Trail trail)
    {
        var texts = placed.Answer.Texts;
        if (texts.Count > 1 && !item.Repeats)
            trail.FaultAt(placed.Whole, "too-many-answers", "has several answers where one is asked for");

        for (var i = 0; i < texts.Count; i++)
        {
            if (item.Option(texts[i]) is { } option)
            {
                if (option.Exclusive && texts.Count > 1)
                    trail.Warn("contradiction", placed.One(i), "says that no other answer applies, yet there are others");
            }
            else if (LoincAnswer().IsMatch(texts[i]))
            {
                trail.FaultAt(placed.One(i), "unknown-answer", $"is no answer to {item.LinkId} here: its answers are {string.Join(", ", item.Options.Select(known => known.Code))}");
            }
            else
            {
                trail.Inform("kept-in-text", placed.One(i), "is none of the answers of this item; it is kept in its own words and not scored");
            }
        }
    }

    private static void Texts(FormItem item, PlacedAnswer placed, Trail trail)
    {
        for (var i = 0; i < placed.Answer.Texts.Count; i++)
        {
            if (LoincAnswer().IsMatch(placed.Answer.Texts[i]))
                trail.FaultAt(placed.One(i), "unknown-answer", $"is a code, and {item.LinkId} has none; send declined where it was not answered");
            else if (item.Type != FormItemType.Text)
                trail.Inform("kept-in-text", placed.One(i), "is no number; it is kept in its own words and not scored");
        }
    }

    private static void Conditions(InstrumentForm form, Dictionary<string, PlacedAnswer> answers, Trail trail)
    {
        foreach (var (linkId, placed) in answers)
        {
            if (form.Item(linkId) is { AskedWhenAny.Count: > 0 } item && !placed.Answer.Declined && !item.AskedWhenAny.Any(condition => Holds(form, condition, answers)))
                trail.Warn("not-to-be-asked", placed.Item, "is answered, though the other answers say that it was not to be asked");
        }
    }

    // An item that was not answered says nothing either way; FHIR counts != on it as not met.
    private static bool Holds(InstrumentForm form, FormCondition condition, Dictionary<string, PlacedAnswer> answers)
    {
        if (!answers.TryGetValue(condition.Item, out var placed) || form.Item(condition.Item) is not { } item)
            return false;

        var codes = placed.Answer.Number is { } number ? [item.Option(number)?.Code] : placed.Answer.Texts.Select(text => item.Option(text)?.Code).ToList();
        return condition.Is ? codes.Contains(condition.Answer) : codes.Any(code => code is not null && code != condition.Answer);
    }

    private static void Complete(InstrumentForm form, Dictionary<string, PlacedAnswer> answers, string pointer, Trail trail)
    {
        var missing = form.Required.Count(item => !answers.ContainsKey(item.LinkId));
        if (missing > 0)
            trail.Warn("incomplete", pointer, FormattableString.Invariant($"leaves out {missing} of the {form.Required.Count} items of {form.Title}, which is scored when all are answered"));

        foreach (var result in form.Results)
        {
            if (!answers.TryGetValue(result.LinkId, out var given) || given.Answer.Number is not { } number)
                continue;

            var screening = new Screening { Instrument = form.Instrument, Answers = [.. answers.Values.Select(placed => placed.Answer)] };
            if (Scoring.Sum(form, result.Rule!, screening) is { } sum)
            {
                if (sum != number)
                    trail.Warn("score-differs", given.One(0), FormattableString.Invariant($"is not what the answers come to, {sum}; the answers count"));
            }
            else if (Scoring.Reach(form, result.Rule!, screening) is { } reach && (number < reach.Least || number > reach.Most))
            {
                trail.Warn("score-differs", given.One(0), FormattableString.Invariant($"cannot be the total: with the answers given it lies from {reach.Least} to {reach.Most}"));
            }
        }
    }

    [GeneratedRegex(@"\ALA[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoincAnswer();
}
