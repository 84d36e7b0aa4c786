using System.Globalization;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>What an item of a response was answered with, as an answer of the instrument.</summary>
internal static class EntryAnswers
{
    private const string Loinc = "http://loinc.org";
    private const string DataAbsent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private const string WhyAbsent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private const string Declined = "asked-declined";

    internal static ScreeningAnswer Of(FormItem item, FormEntry entry)
    {
        var values = entry.Item.Answer.Select(answer => answer.Value).OfType<DataType>().ToList();
        if (values.Exists(IsDeclined))
            return new ScreeningAnswer { Item = item.LinkId, Declined = true };
        if (values is [{ } only] && item.Type is FormItemType.Integer or FormItemType.Decimal && Number(values[0]) is { } number)
            return new ScreeningAnswer { Item = item.LinkId, Number = number };

        // A form that says the answer once as a code and once in words says it once.
        return new ScreeningAnswer { Item = item.LinkId, Texts = [.. values.Select(value => Option(item, value)?.Code ?? Text(value)).Where(text => text.Length > 0).Distinct()] };
    }

    /// <summary>The option that a value means: by its code, by its score, or in its own words.</summary>
    internal static FormOption? Option(FormItem item, DataType? value) => value switch
    {
        Coding { Code: { } code, System: null or Loinc } coding => item.Options.FirstOrDefault(option => option.Code == code) ?? ByWords(item, coding.Display),
        Coding coding => ByWords(item, coding.Display),
        FhirBoolean { Value: { } yes } => item.Option(yes ? "Yes" : "No"),
        FhirString { Value: { } text } => ByWords(item, text),
        { } other when Number(other) is { } score => item.Option(score),
        _ => null,
    };

    /// <summary>A value as people read it.</summary>
    internal static string Text(DataType value) => value switch
    {
        Coding { System: null or Loinc, Code: { } code } when code.StartsWith("LA", StringComparison.Ordinal) => code,
        Coding coding => coding.Display ?? coding.Code ?? "",
        Quantity { Value: { } number } quantity => string.Create(CultureInfo.InvariantCulture, $"{number} {quantity.Unit ?? quantity.Code}").Trim(),
        ResourceReference reference => reference.Display ?? "",
        Attachment attachment => attachment.Title ?? "",
        FhirBoolean { Value: { } yes } => yes ? "Yes" : "No",
        PrimitiveType { ObjectValue: { } simple } => Convert.ToString(simple, CultureInfo.InvariantCulture)?.Trim() ?? "",
        _ => "",
    };

    private static FormOption? ByWords(FormItem item, string? words) => string.IsNullOrWhiteSpace(words) ? null : item.Option(words);

    private static bool IsDeclined(DataType value) => value is Coding { System: DataAbsent, Code: Declined } or FhirString { Value: "declined" }
        || value.Extension.Exists(extension => extension is { Url: WhyAbsent, Value: Code { Value: Declined } });

    private static decimal? Number(DataType value) => value switch
    {
        Integer whole => whole.Value,
        FhirDecimal number => number.Value,
        Quantity quantity => quantity.Value,
        FhirString { Value: { } text } when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
