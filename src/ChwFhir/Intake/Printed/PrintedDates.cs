using System.Globalization;
using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>
/// Dates in a text as FHIR dates, only where they say day, month and year (or month and year) without doubt. A time of day stays in the text: the page does not
/// say in which zone it is.
/// </summary>
internal static partial class PrintedDates
{
    /// <param name="dayFirst">The text is Spanish: <c>3/4/2026</c> may be either day, so it is none.</param>
    public static string? In(string text, bool dayFirst = false)
    {
        foreach (Match match in Any().Matches(text))
        {
            if (Date(match, dayFirst) is { } date)
                return date;
        }

        return null;
    }

    /// <summary>Whether the text speaks of a day, even one that cannot be told for sure.</summary>
    public static bool AreIn(string text) => Any().IsMatch(text);

    private static string? Date(Match match, bool dayFirst)
    {
        if (match.Groups["iso"].Success)
            return Valid(Number(match, "y1"), Number(match, "m1"), Number(match, "d1"));
        if (match.Groups["slash"].Success)
        {
            var (first, second, year) = (Number(match, "a"), Number(match, "b"), Year(match.Groups["y2"].Value));
            if (first > 12)
                return Valid(year, second, first);
            return dayFirst && second <= 12 && first != second ? null : Valid(year, first, second);
        }

        var month = Phrases.Months.GetValueOrDefault(string.Concat(PlainWords.Of(match.Groups["month"].Value)));
        if (month == 0)
            return null;
        var yearText = match.Groups["y3"].Value;
        return match.Groups["day"].Success ? Valid(Year(yearText), month, Number(match, "day")) : FormattableString.Invariant($"{Year(yearText):D4}-{month:D2}");
    }

    private static string? Valid(int year, int month, int day) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? FormattableString.Invariant($"{year:D4}-{month:D2}-{day:D2}") : null;

    private static int Year(string text) => int.Parse(text, CultureInfo.InvariantCulture) is var year && text.Length == 2 ? 2000 + year : year;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        (?<iso>(?<![\d-])(?<y1>[12]\d{3})-(?<m1>\d{1,2})-(?<d1>\d{1,2})(?!\d))
        |(?<slash>(?<![\d/.-])(?<a>\d{1,2})[/.-](?<b>\d{1,2})[/.-](?<y2>[12]\d{3}|\d{2})(?![\d/.-]\d|\d))
        |(?<![\p{L}\d])(?:(?<day>\d{1,2})(?:st|nd|rd|th|º|er)?[ -](?:de[ ])?)?(?<month>\p{L}{3,10})\.?(?:[ -](?<day>\d{1,2})(?:st|nd|rd|th)?,?)?[ -](?:del?[ ])?(?<y3>[12]\d{3})(?!\d)
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex Any();
}
