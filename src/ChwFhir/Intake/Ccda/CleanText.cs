namespace ChwFhir.Intake.Ccda;

internal static class CleanText
{
    /// <summary>White space at the ends gone, each run within made one space; null when nothing is left.</summary>
    public static string? OneLine(string? text)
    {
        if (text is null)
            return null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return null;
        if (IsClean(trimmed))
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        return string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether a person who reads it learns nothing of the patient: a heading's "None", "N/A", "No known problems".</summary>
    public static bool SaysNothing(string? text)
    {
        var words = OneLine(text)?.TrimEnd('.', ' ');
        if (words is null)
            return true;
        if (words.Length > 60)
            return false;
        if (Nothing.Contains(words) || Beginnings.Any(start => words.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            return true;
        return words.StartsWith("no ", StringComparison.OrdinalIgnoreCase) && Endings.Any(end => words.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "none", "n/a", "na", "nil", "unknown", "not applicable", "not available", "no information", "no information available", "no data", "no data available", "none recorded", "none known", "not recorded", "-", "--",
        "no", "null", "undefined", "none listed", "none reported", "not on file", "none on file", "no medications", "no current medications", "no active medications", "no problems", "no active problems",
        "no current problems", "no current problems or disability", "no instructions", "no goals", "no health concerns", "no plan", "no encounters", "no results", "no diagnoses", "no drug therapy prescribed",
    };

    private static readonly string[] Beginnings = ["no known ", "no information", "no data ", "no recorded ", "there is no information", "there are no known "];

    private static readonly string[] Endings = [" recorded", " documented", " reported", " known", " available", " listed", " on file", " found", " noted", " entered"];

    private static bool IsClean(ReadOnlySpan<char> text)
    {
        var wasSpace = false;
        foreach (var letter in text)
        {
            var isSpace = char.IsWhiteSpace(letter);
            if (isSpace && (wasSpace || letter != ' '))
                return false;
            wasSpace = isSpace;
        }
        return true;
    }
}
