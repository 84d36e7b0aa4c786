using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>What an instrument computes, as values and in words.</summary>
internal static class ScreeningResults
{
    internal static DataType? Of(InstrumentForm form, FormItem result, Screening screening) =>
        Scoring.Sum(form, result.Rule!, screening) is { } sum ? Concepts.Score(sum)
        : Scoring.AnyNeed(form, result, screening) is { } found ? ScreeningAnswers.Concept(found)
        : null;

    /// <summary>The same as people read it; null when there is none.</summary>
    internal static string? Text(InstrumentForm form, FormItem result, Screening screening) => Of(form, result, screening) switch
    {
        Quantity { Value: { } total } => FormattableString.Invariant($"{total}{(result.Band(total) is { } band ? $", {band.Text}" : "")}"),
        CodeableConcept { Text: { } text } => text,
        _ => null,
    };

    /// <summary>What a score means, where the instrument says it.</summary>
    internal static CodeableConcept? Interpretation(FormItem? item, DataType? value)
    {
        if (item is null || value is not Quantity { Value: { } score } || item.Band(score) is not { } band)
            return null;

        var concept = Concepts.Text(band.Text);
        if (band.Interpretation is { } code)
            concept.Coding.Add(new Coding(Systems.Interpretation, code, code == "POS" ? "Positive" : "Negative"));

        return concept;
    }
}
