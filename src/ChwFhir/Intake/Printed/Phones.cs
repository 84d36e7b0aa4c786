using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>Telephone numbers in a text, as they are written.</summary>
internal static partial class Phones
{
    public static string? In(string text) => Number().Match(text) is { Success: true } phone ? phone.Value.Trim() : null;

    [GeneratedRegex(@"(?<![\d/.-])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,4}\d{2,4}|(?:1[ .-])?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]\d{4}|1-8\d\d-[A-Z0-9-]{7,9}|\d{3}[-.]\d{4})(?![\d/-])(?:,?\s?(?:x|ext\.?|extension|option|opción)\s?\d{1,5})?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
