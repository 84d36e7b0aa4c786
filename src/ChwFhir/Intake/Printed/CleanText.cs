using System.Text;

namespace ChwFhir.Intake.Printed;

/// <summary>Text as it may be shown and stored: lines end with LF, control characters and marks without a shape are gone.</summary>
internal static class CleanText
{
    /// <param name="leftOut">How many control characters were left out (ends of lines and pages are none).</param>
    public static string Of(string text, out int leftOut)
    {
        leftOut = 0;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '\r':
                    clean.Append('\n');
                    if (i + 1 < text.Length && text[i + 1] == '\n')
                        i++;
                    break;
                case '\n' or '\t':
                    clean.Append(character);
                    break;
                case '\v' or '\u0085' or '\u2028':
                    clean.Append('\n');
                    break;
                case '\f' or '\u2029':
                    clean.Append("\n\n");
                    break;
                case '\u00A0' or '\u2007' or '\u202F':
                    clean.Append(' ');
                    break;
                case '\uFEFF' or '\u200B' or '\u00AD' or '\u2060':
                    break;
                case < ' ' or (>= '\u007F' and <= '\u009F') or '\uFFFE' or '\uFFFF':
                    leftOut++;
                    break;
                default:
                    if (char.IsSurrogate(character) && !IsPair(text, i))
                        leftOut++;
                    else
                        clean.Append(character);
                    break;
            }
        }

        return clean.ToString();
    }

    private static bool IsPair(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
