using System.Text;
using ChwFhir.Mapping;

namespace ChwFhir.Intake.Printed;

/// <summary>A text as its words for comparing: lower case, without marks on letters, without punctuation.</summary>
internal static class PlainWords
{
    public static string[] Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in text)
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterOrDigit(lower))
                word.Append(lower);
            else if (PlainLetters.Of(lower) is { } plain)
                word.Append(plain);
            else if (char.IsLetterOrDigit(lower))
                word.Append(lower);
            else if (lower is not ('\'' or '\u2019') && !PlainLetters.IsMark(lower))
                End();
        }

        End();
        return [.. words];

        void End()
        {
            if (word.Length == 0)
                return;
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
