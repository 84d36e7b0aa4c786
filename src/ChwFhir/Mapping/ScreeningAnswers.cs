using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Questions and answers of an instrument, in codes where they are known and in words everywhere.</summary>
internal static partial class ScreeningAnswers
{
    internal static CodeableConcept Question(InstrumentCode instrument, string item)
    {
        var known = instrument.Item(item);
        if (Words.TryParse<SymptomKind>(item, out var symptom))
            return Concepts.Of(Canonicals.Symptoms, item, CodeTables.Symptoms[symptom].Text, known?.Text);
        if (known is not null)
            return Concepts.Of(instrument.Local ? Canonicals.Instruments : Systems.Loinc, item, known.Text);

        return Loinc().IsMatch(item) ? Concepts.Of(Systems.Loinc, item, instrument.Result(item)?.Text) : Concepts.Text(item);
    }

    internal static DataType Value(InstrumentCode instrument, string item, string answer) =>
        Coding(instrument, item, answer) is { } coding ? new CodeableConcept { Coding = [coding], Text = coding.Display } : new FhirString(answer);

    internal static Coding? Coding(InstrumentCode instrument, string item, string answer) =>
        LoincAnswer().IsMatch(answer) ? new Coding(Systems.Loinc, answer, instrument.Item(item)?.Answer(answer)?.Display) : null;

    internal static string QuestionText(InstrumentCode instrument, string item) =>
        instrument.Item(item)?.Text ?? instrument.Result(item)?.Text ?? (Words.TryParse<SymptomKind>(item, out var symptom) ? CodeTables.Symptoms[symptom].Text : item);

    internal static string AnswerText(InstrumentCode instrument, string item, string answer) =>
        instrument.Item(item)?.Answer(answer)?.Display ?? answer;

    internal static string ValueText(InstrumentCode instrument, ScreeningAnswer answer) => answer switch
    {
        { Declined: true } => "declined to answer",
        { Number: { } number } => FormattableString.Invariant($"{number}"),
        _ => string.Join("; ", answer.Texts.Select(text => AnswerText(instrument, answer.Item, text))),
    };

    internal static bool IsNeed(InstrumentCode instrument, ScreeningAnswer answer) =>
        answer.Texts.Any(text => instrument.Item(answer.Item)?.Answer(text)?.Need == true);

    internal static decimal? Score(InstrumentCode instrument, ScreeningAnswer answer) =>
        answer.Number ?? (answer.Texts is [{ } only] ? instrument.Item(answer.Item)?.Answer(only)?.Score : null);

    [GeneratedRegex(@"\A[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Loinc();

    [GeneratedRegex(@"\ALA[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoincAnswer();
}
