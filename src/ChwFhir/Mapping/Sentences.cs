using System.Text;

namespace ChwFhir.Mapping;

/// <summary>Sentences in lower case with single spaces between words, for the few words that the mapping listens for.</summary>
internal static class Sentences
{
    internal static IEnumerable<string> Of(string text)
    {
        var sentence = new StringBuilder();

        foreach (var character in text)
        {
            if (character is '.' or '!' or '?' or ';' or '\n')
            {
                if (sentence.Length > 0)
                    yield return sentence.ToString().TrimEnd();
                sentence.Clear();
            }
            else if (char.IsLetterOrDigit(character) || character is '\'' or '\u2019')
                sentence.Append(character == '\u2019' ? '\'' : char.ToLowerInvariant(character));
            else if (sentence.Length > 0 && sentence[^1] != ' ')
                sentence.Append(' ');
        }

        if (sentence.Length > 0)
            yield return sentence.ToString().TrimEnd();
    }

    /// <param name="padded">A sentence with a space at either end.</param>
    internal static bool Says(string padded, string phrase) => padded.Contains($" {phrase} ", StringComparison.Ordinal);
}
