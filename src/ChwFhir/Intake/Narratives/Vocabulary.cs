namespace ChwFhir.Intake.Narratives;

/// <summary>The words and beginnings of words that the lexicon knows, each with a number of its own.</summary>
internal sealed class Vocabulary
{
    /// <summary>Any number.</summary>
    internal const int Number = 0;

    /// <summary>Longer words are cut: no word of a lexicon is that long.</summary>
    internal const int Longest = 40;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> beginnings = new(StringComparer.Ordinal);
    private int shortest = int.MaxValue;
    private int next = Number + 1;

    /// <summary>The number of a word, or of a beginning when it ends with an asterisk.</summary>
    internal int Learn(string word)
    {
        var table = word.EndsWith('*') ? beginnings : words;
        var key = word.TrimEnd('*');
        if (table == beginnings)
            shortest = Math.Min(shortest, key.Length);
        if (!table.TryGetValue(key, out var id))
            table[key] = id = next++;
        return id;
    }

    /// <summary>Adds what the lexicon knows this word by.</summary>
    internal void Recognise(ReadOnlySpan<char> word, List<int> ids)
    {
        if (words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var id))
            ids.Add(id);
        var byBeginning = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = shortest; length <= word.Length; length++)
        {
            if (byBeginning.TryGetValue(word[..length], out id))
                ids.Add(id);
        }
    }
}
