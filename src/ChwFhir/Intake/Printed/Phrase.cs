namespace ChwFhir.Intake.Printed;

/// <summary>A pattern of words as <c>phrases.json</c> describes it.</summary>
internal sealed class Phrase
{
    private const int Some = 3;
    private const int Many = 8;

    private readonly string[][] _words;

    public Phrase(string pattern) => _words = [.. pattern.Split(' ').Select(word => word.Split('/'))];

    /// <summary>Where it stands in the words first: from and to (not included); null when nowhere.</summary>
    /// <param name="from">Where to begin to look.</param>
    public (int From, int To)? In(ReadOnlySpan<string> words, int from = 0)
    {
        for (var start = from; start < words.Length; start++)
        {
            if (Ends(words, start, 0) is { } end)
                return (start, end);
        }

        return null;
    }

    public bool IsAtStartOf(ReadOnlySpan<string> words) => Ends(words, 0, 0) is not null;

    public bool Is(ReadOnlySpan<string> words) => Ends(words, 0, 0) == words.Length;

    private int? Ends(ReadOnlySpan<string> words, int at, int part)
    {
        for (; part < _words.Length; part++, at++)
        {
            if (_words[part] is ["*"] or ["+"])
            {
                var most = _words[part] is ["*"] ? Some : Many;
                for (var skipped = 0; skipped <= most && at + skipped <= words.Length; skipped++)
                {
                    if (Ends(words, at + skipped, part + 1) is { } end)
                        return end;
                }

                return null;
            }

            if (at >= words.Length || Array.IndexOf(_words[part], words[at]) < 0)
                return null;
        }

        return at;
    }
}
