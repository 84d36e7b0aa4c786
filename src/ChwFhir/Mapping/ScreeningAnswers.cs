using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>Questions and answers of an instrument, in codes where they are known and in words everywhere.</summary>
internal static partial class ScreeningAnswers
{
    internal static CodeableConcept Question(InstrumentForm form, string item)
    {
        if (form.Item(item) is { Code: var code } known)
            return Concepts.Of(code.System, code.Code, code.Display, code.System == Systems.Loinc && known.Text == code.Display ? null : known.Text);

        return Loinc().IsMatch(item) ? Concepts.Of(Systems.Loinc, item) : Concepts.Text(item);
    }

    /// <summary>The values of an answer, each an Observation's; none when it was declined.</summary>
    internal static IEnumerable<DataType> Values(InstrumentForm form, ScreeningAnswer answer)
    {
        if (answer.Declined)
            return [];
        if (answer.Number is { } number)
            return [form.Item(answer.Item)?.Option(number) is { } option ? Concept(option) : Number(form.Item(answer.Item), number)];

        return answer.Texts.Select(text => Coding(form, answer.Item, text) is { } coding ? new CodeableConcept { Coding = [coding], Text = coding.Display } : (DataType)new FhirString(text));
    }

    /// <summary>The same as a filled-in form has them.</summary>
    internal static IEnumerable<DataType> FormValues(InstrumentForm form, ScreeningAnswer answer)
    {
        if (answer.Number is not { } number)
            return answer.Texts.Select(text => (DataType?)Coding(form, answer.Item, text) ?? new FhirString(text));
        if (form.Item(answer.Item)?.Option(number) is { } option)
            return [Coding(option)];

        return [form.Item(answer.Item)?.Type == FormItemType.Integer && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue ? new Integer((int)number) : new FhirDecimal(number)];
    }

    internal static CodeableConcept Concept(FormOption option) => new() { Coding = [Coding(option)], Text = option.Display };

    internal static string QuestionText(InstrumentForm form, string item) => form.Item(item)?.Text ?? item;

    internal static string ValueText(InstrumentForm form, ScreeningAnswer answer) => answer switch
    {
        { Declined: true } => "declined to answer",
        { Number: { } number } => form.Item(answer.Item)?.Option(number)?.Display ?? FormattableString.Invariant($"{number}"),
        _ => string.Join("; ", answer.Texts.Select(text => form.Item(answer.Item)?.Option(text)?.Display ?? text)),
    };

    internal static bool IsNeed(InstrumentForm form, ScreeningAnswer answer) => Scoring.Needs(form, answer).Any();

    // What is scored has the unit of scores; a household or an income has none.
    private static Quantity Number(FormItem? item, decimal number) =>
        item is { Rule: not null } or { Bands.Count: > 0 } || item?.Code.System is Canonicals.Symptoms or Canonicals.Instruments ? Concepts.Score(number) : new Quantity { Value = number };

    private static Coding? Coding(InstrumentForm form, string item, string answer)
    {
        if (form.Item(item)?.Option(answer) is { } option)
            return Coding(option);

        return LoincAnswer().IsMatch(answer) ? new Coding(Systems.Loinc, answer) : null;
    }

    private static Coding Coding(FormOption option) => new(Systems.Loinc, option.Code, option.Display);

    [GeneratedRegex(@"\A[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Loinc();

    [GeneratedRegex(@"\ALA[0-9]{1,7}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoincAnswer();
}
