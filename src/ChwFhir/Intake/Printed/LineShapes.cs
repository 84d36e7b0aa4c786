using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>What a line looks like, whatever it says.</summary>
internal static partial class LineShapes
{
    public const int LongestHeading = 90;

    /// <summary>An item's text and its marker (<c>-</c>, or the number as printed); null when the line is no item.</summary>
    public static (string Marker, string Text)? Item(string line)
    {
        var bullet = Bullet().Match(line);
        if (bullet.Success)
            return ("-", line[bullet.Length..]);

        var number = Number().Match(line);
        return number.Success ? (number.Groups["n"].Value, line[number.Length..]) : null;
    }

    /// <summary>A line drawn with signs only.</summary>
    public static bool IsRule(string line) => line.Length >= 3 && Rule().IsMatch(line);

    /// <summary>Letters, and all of them upper case.</summary>
    public static bool IsUpperCase(ReadOnlySpan<char> line)
    {
        var letters = 0;
        foreach (var character in line)
        {
            if (char.IsLower(character))
                return false;
            if (char.IsLetter(character))
                letters++;
        }

        return letters >= 3;
    }

    public static bool HasDigit(ReadOnlySpan<char> line) => line.ContainsAnyInRange('0', '9');

    public static int CountWords(ReadOnlySpan<char> line)
    {
        var words = 0;
        var inside = false;
        foreach (var character in line)
        {
            var part = !char.IsWhiteSpace(character);
            if (part && !inside)
                words++;
            inside = part;
        }

        return words;
    }

    /// <summary>The cells of a line drawn as a table's row, null when it is none.</summary>
    public static string[]? Cells(string line)
    {
        if (line.Contains('|', StringComparison.Ordinal))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            return cells.Length > 1 ? cells : null;
        }

        if (!line.Contains('\t', StringComparison.Ordinal))
            return null;

        var columns = line.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 1 ? columns : null;
    }

    /// <summary>The rule under a table's head: <c>---|:--:</c>.</summary>
    public static bool IsTableRule(string line) => line.Contains('-', StringComparison.Ordinal) && line.Contains('|', StringComparison.Ordinal) && TableRule().IsMatch(line);

    /// <summary>Runs of blanks as one; a gap that sets columns apart stays wider.</summary>
    public static string Tidy(string line) => line.Contains("  ", StringComparison.Ordinal) || line.Contains('\t', StringComparison.Ordinal)
        ? Gap().Replace(line, gap => gap.Length > 2 || gap.Value.Contains('\t', StringComparison.Ordinal) ? "  " : " ")
        : line;

    /// <summary>Without the signs that set a line off: <c>**Diet**</c>, <c>== Diet ==</c>.</summary>
    public static string Bare(string line)
    {
        var bare = line.Trim('*', '_', '=', '~', '#', ' ', '\t').TrimStart(',', ';');
        return bare.Length > 0 ? bare : line;
    }

    [GeneratedRegex(@"^(?:[-*+•▪◦●○‣∙·»✓✔☐☑□■►▶–—→]|\[[ xX]?\]|o(?=\s{2,}))\s+(?=\S)|^[•▪●○◦☐□■►](?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?<n>\(?\d{1,2}[.)]|\(?[a-h]\))\s+(?=\S)|^(?<n>\d{1,2}\.)(?=[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-=_*~#+.\u2500-\u257F\u2013\u2014 ]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^[|:\- ]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TableRule();

    [GeneratedRegex(@"[ \t]{2,}|\t", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
