namespace ChwFhir.Intake.Narratives;

/// <summary>One spelling for one word: small letters, no accents, no apostrophes; of "patient's" the patient.</summary>
internal static class WordFolding
{
    internal static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '\u2018' or '\u02BC';

    internal static bool IsPart(char character) => char.IsLetterOrDigit(character) || PlainLetters.IsMark(character);

    /// <summary>Writes the folded word and says how long it is; what does not fit is left out.</summary>
    internal static int Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        if (word.Length > 2 && IsApostrophe(word[^2]) && word[^1] is 's' or 'S')
            word = word[..^2];

        var length = 0;
        foreach (var character in word)
        {
            if (IsApostrophe(character) || PlainLetters.IsMark(character))
                continue;
            var small = char.ToLowerInvariant(character);
            if (small < 0x80)
            {
                if (length < folded.Length)
                    folded[length++] = small;
                continue;
            }

            var plain = PlainLetters.Of(small);
            if (plain is null && length < folded.Length)
                folded[length++] = small;
            foreach (var letter in plain ?? "")
                if (length < folded.Length)
                    folded[length++] = letter;
        }

        return length;
    }

    /// <summary>The words of a text, folded, with one space between.</summary>
    internal static string Line(ReadOnlySpan<char> text)
    {
        var line = new System.Text.StringBuilder(text.Length);
        Span<char> folded = stackalloc char[Vocabulary.Longest];
        for (var at = 0; at < text.Length;)
        {
            var end = EndOf(text, at);
            if (end == at)
            {
                at++;
                continue;
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(folded[..Fold(text[at..end], folded)]);
            at = end;
        }

        return line.ToString();
    }

    /// <summary>Behind the word that begins here; the place itself when none does.</summary>
    internal static int EndOf(ReadOnlySpan<char> text, int at)
    {
        if (!IsPart(text[at]))
            return at;
        var end = at + 1;
        while (end < text.Length && (IsPart(text[end]) || (IsApostrophe(text[end]) && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
            end++;
        return end;
    }
}
