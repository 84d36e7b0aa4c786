using System.Globalization;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>Numbers as ECMAScript's Number::toString writes them (ECMA-262, 6.1.6.1.20): the shortest digits that give the same double.</summary>
internal static class EcmaScriptNumber
{
    private const long LastSafeInteger = 9_007_199_254_740_991;

    /// <summary>Of the number on which the reader stands.</summary>
    public static string Write(ref Utf8JsonReader number)
    {
        if (number.TryGetInt64(out var whole) && whole is >= -LastSafeInteger and <= LastSafeInteger)
            return whole.ToString(CultureInfo.InvariantCulture);
        if (!number.TryGetDouble(out var value) || !double.IsFinite(value))
            throw new FormatException("The number is too large for an IEEE 754 double.");
        return Write(value);
    }

    public static string Write(double value)
    {
        if (value == 0)
            return "0";
        if (value < 0)
            return "-" + Write(-value);

        var (digits, point) = Shortest(value);
        if (digits.Length <= point && point <= 21)
            return digits + new string('0', point - digits.Length);
        if (point is > 0 and <= 21)
            return $"{digits[..point]}.{digits[point..]}";
        if (point is > -6 and <= 0)
            return $"0.{new string('0', -point)}{digits}";

        var exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return digits.Length == 1 ? $"{digits}e{exponent}" : $"{digits[0]}.{digits[1..]}e{exponent}";
    }

    /// <summary>The value is 0.digits × 10^point.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? text : text[..e];
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var before = dot < 0 ? mantissa.Length : dot;
        var all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all[leading..].TrimEnd('0'), before - leading + exponent);
    }
}
