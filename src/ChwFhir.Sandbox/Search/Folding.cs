using System.Collections.Frozen;
using System.Text;

namespace ChwFhir.Sandbox.Search;

internal static class Folding
{
    // A table of our own: with InvariantGlobalization, string.Normalize leaves accents where they are.
    private static readonly FrozenDictionary<char, char> Plain = new[]
    {
        ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"),
        ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž")
    }.SelectMany(row => row.Item2.Select(accented => (accented, row.Item1[0]))).ToFrozenDictionary(pair => pair.accented, pair => pair.Item2);

    /// <summary>Lower case without accents, so that <c>lucia</c> finds Lucía.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (!IsCombining(letter))
                folded.Append(Plain.GetValueOrDefault(char.ToLowerInvariant(letter), char.ToLowerInvariant(letter)));
        return folded.ToString();
    }

    private static bool IsCombining(char letter) => letter is >= '\u0300' and <= '\u036f';
}
