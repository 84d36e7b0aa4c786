using System.Buffers;
using System.Globalization;

namespace ChwFhir.Intake.Narratives;

/// <summary>A text as words that the lexicon may know.</summary>
internal sealed class NarrativeWords
{
    private static readonly SearchValues<char> Apart = SearchValues.Create(";:()[]{}|\u2014\u2026\u00BF\u00A1");

    private readonly List<NarrativeWord> words = [];
    private readonly List<int> ids = [];

    internal NarrativeWords(string text, Vocabulary vocabulary)
    {
        Text = text;
        Span<char> folded = stackalloc char[Vocabulary.Longest];
        var before = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = WordFolding.EndOf(text, at);
            if (end == at)
            {
                at++;
                continue;
            }

            var first = ids.Count;
            var number = -1;
            if (char.IsAsciiDigit(text[at]) && end - at <= 4 && int.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out number))
                ids.Add(Vocabulary.Number);
            else
                number = -1;
            var length = WordFolding.Fold(text.AsSpan(at, end - at), folded);
            // "His/her" is one word.
            if (at == before + 1 && text[before] == '/' && words.Count > 0 && folded[..length] is "her" or "she" or "hers" or "his" or "he" or "him")
            {
                before = at = end;
                continue;
            }

            vocabulary.Recognise(folded[..length], ids);
            if (folded[..length] is "not" && words.Count > 0)
                Contracted(words[^1], vocabulary);
            words.Add(new NarrativeWord(at, end, text.AsSpan(before, at - before).ContainsAny(Apart), number, first, ids.Count - first, -1));
            before = at = end;
        }
    }

    internal string Text { get; }

    internal int Count => words.Count;

    internal NarrativeWord this[int at] => words[at];

    internal ReadOnlySpan<int> Ids(int at) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids).Slice(words[at].FirstId, words[at].Ids);

    // "Could not" is heard as "couldn't" too.
    private void Contracted(NarrativeWord verb, Vocabulary vocabulary)
    {
        Span<char> folded = stackalloc char[Vocabulary.Longest];
        var length = WordFolding.Fold(Text.AsSpan(verb.Start, verb.End - verb.Start), folded[..^2]);
        if (length > 0 && folded[length - 1] == 'n')
            length--;
        "nt".CopyTo(folded[length..]);
        vocabulary.Recognise(folded[..(length + 2)], ids);
    }

    /// <summary>Hears the last of several words as the one word that says the same; from then on a phrase may begin there.</summary>
    internal void Hear(RuleIndex heard, SentenceRange range)
    {
        foreach (var hit in heard.Find(this, range))
        {
            var (last, known) = (words[hit.To - 1], Ids(hit.To - 1).ToArray());
            if (known.Contains(hit.Rule.Word))
                continue;
            words[hit.To - 1] = last with { FirstId = ids.Count, Ids = known.Length + 1, Says = last.Says < 0 ? hit.From : Math.Min(last.Says, hit.From) };
            ids.AddRange(known);
            ids.Add(hit.Rule.Word);
        }
    }

    internal bool Is(int at, int[] list)
    {
        foreach (var id in Ids(at))
            if (list.Contains(id))
                return true;
        return false;
    }

    /// <summary>What stands between two words.</summary>
    internal ReadOnlySpan<char> Between(int before, int after) => Text.AsSpan(words[before].End, words[after].Start - words[before].End);
}
