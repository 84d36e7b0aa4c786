using System.Globalization;
using ChwFhir.Chart;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.Speech;

/// <summary>What was measured, with its unit as people write it. The Spanish of these pages is that of the United States: its decimal sign is the point.</summary>
internal static class Measures
{
    /// <param name="unit">UCUM; null: a number alone.</param>
    public static string Of(string number, string? unit, Wording words) => unit switch
    {
        null => number,
        _ when words.Has($"measure.{unit}") => words.Say($"measure.{unit}", number),
        _ => $"{number} {unit}",
    };

    public static string Of(decimal number, string? unit, Wording words) => Of(Number(number), unit, words);

    /// <summary>A vital sign's value; null where the note gives words alone.</summary>
    public static string? Of(Vital vital, Wording words)
    {
        var unit = VitalUnits.Of(vital) ?? vital.Unit;
        if (vital.Value is { } value)
            return Of(value, unit, words);
        return vital is { Systolic: null, Diastolic: null } ? null : Of($"{Part(vital.Systolic)}/{Part(vital.Diastolic)}", unit, words);
    }

    // As it was written, digits kept.
    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Part(decimal? number) => number is { } known ? Number(known) : "?";
}
