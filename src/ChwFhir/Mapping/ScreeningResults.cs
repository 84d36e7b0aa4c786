using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What an instrument computes. A total with an answer missing is no total.</summary>
internal static class ScreeningResults
{
    internal static DataType? Of(InstrumentCode instrument, ResultCode result, Screening screening) => result.Rule switch
    {
        "sum" => Sum(instrument, result, screening) is { } sum ? Concepts.Score(sum) : null,
        "any-need" => AnyNeed(instrument, result, screening) is { } found ? new CodeableConcept { Coding = [new Coding(Systems.Loinc, found.Code, found.Display)], Text = found.Display } : null,
        _ => throw new InvalidOperationException($"The code tables name an unknown rule for {result.Code}."),
    };

    /// <summary>The same as people read it; null when there is none.</summary>
    internal static string? Text(InstrumentCode instrument, ResultCode result, Screening screening) => Of(instrument, result, screening) switch
    {
        Quantity { Value: { } total } => FormattableString.Invariant($"{total}"),
        CodeableConcept { Text: { } text } => text,
        _ => null,
    };

    private static decimal? Sum(InstrumentCode instrument, ResultCode result, Screening screening)
    {
        var total = 0m;

        foreach (var item in result.Of)
        {
            if (Answer(screening, item) is not { } answer || ScreeningAnswers.Score(instrument, answer) is not { } score)
                return null;
            total += score;
        }

        return total;
    }

    private static CodeEntry? AnyNeed(InstrumentCode instrument, ResultCode result, Screening screening)
    {
        var answers = result.Of.Select(item => Answer(screening, item)).ToList();
        if (answers.Any(answer => answer is not null && ScreeningAnswers.IsNeed(instrument, answer)))
            return result.Yes;

        return answers.All(answer => answer is { Texts: [{ } only] } && result.NoFrom?.Contains(only) == true) ? result.No : null;
    }

    private static ScreeningAnswer? Answer(Screening screening, string item)
    {
        foreach (var answer in screening.Answers)
        {
            if (answer.Item == item)
                return answer;
        }

        return null;
    }
}
