namespace ChwFhir.Mapping;

/// <summary>What a text says, for the few words that the mapping listens for.</summary>
internal static class Sentences
{
    private const int OnStack = 512;

    /// <summary>The text in lower case, a line for each sentence, one space before and behind every word: <c>" she slept \n she ate \n"</c>.</summary>
    internal static string Heard(string text)
    {
        // The worst is a sentence of one letter: it takes itself and its mark, two spaces and the end of the line.
        var most = (2 * text.Length) + 2;
        var heard = most <= OnStack ? stackalloc char[OnStack] : new char[most];
        var length = 0;
        var (inSentence, inWord) = (false, false);

        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) || character is '\'' or '\u2019')
            {
                if (!inWord)
                    heard[length++] = ' ';
                heard[length++] = character == '\u2019' ? '\'' : char.ToLowerInvariant(character);
                (inSentence, inWord) = (true, true);
                continue;
            }

            inWord = false;
            if (character is not ('.' or '!' or '?' or ';' or '\n') || !inSentence)
                continue;
            length += End(heard[length..]);
            inSentence = false;
        }

        if (inSentence)
            length += End(heard[length..]);

        return new string(heard[..length]);
    }

    /// <param name="heard">As <see cref="Heard"/> gives it, or a part of it that begins and ends with a space.</param>
    internal static bool Says(ReadOnlySpan<char> heard, string phrase) => Find(heard, phrase) >= 0;

    /// <summary>Where the phrase begins, as whole words; -1 when it is not said.</summary>
    internal static int Find(ReadOnlySpan<char> heard, string phrase, int from = 0)
    {
        for (var at = from; heard[at..].IndexOf(phrase, StringComparison.Ordinal) is var next and >= 0; at += next + 1)
        {
            var (before, behind) = (at + next - 1, at + next + phrase.Length);
            if (before >= 0 && heard[before] == ' ' && behind < heard.Length && heard[behind] == ' ')
                return at + next;
        }

        return -1;
    }

    private static int End(Span<char> heard)
    {
        (heard[0], heard[1]) = (' ', '\n');
        return 2;
    }
}
