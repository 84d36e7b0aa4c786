using System.Security.Cryptography;
using System.Text;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Texts compared as people compare them: letter case, accents, a keyboard's kind of quotation mark and dash, white space and what cannot be seen do not count.</summary>
internal static class Folding
{
    private const int HashCharacters = 16;
    private const int LongestKeyPart = 64;
    private const int ShortestTellingWord = 4;

    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;

        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
                gap = folded.Length > 0;
            else if (!PlainLetters.IsMark(character) && !char.IsControl(character) && char.GetUnicodeCategory(character) != System.Globalization.UnicodeCategory.Format)
            {
                if (gap)
                    folded.Append(' ');
                gap = false;
                Append(folded, char.ToLowerInvariant(character));
            }
        }

        return folded.ToString();
    }

    /// <summary>A short name for a text that has none.</summary>
    internal static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Fold(text)), hash);

        return Convert.ToHexStringLower(hash[..(HashCharacters / 2)]);
    }

    /// <summary>An id as part of a key: as it is when it needs no escaping anywhere, else its hash.</summary>
    internal static string KeyPart(string id)
    {
        if (id.Length is 0 or > LongestKeyPart)
            return Hash(id);

        foreach (var character in id)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
                return Hash(id);
        }

        return id;
    }

    private static void Append(StringBuilder folded, char lower)
    {
        if (PlainLetters.Of(lower) is { } plain)
            folded.Append(plain);
        else
            folded.Append(lower switch
            {
                '\u2018' or '\u2019' or '\u02BC' => '\'',
                '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' => '"',
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' => '-',
                _ => lower,
            });
    }

    /// <summary>Whether two folded texts have no telling word in common. A text without telling words differs only from another text.</summary>
    internal static bool WhollyDifferent(string one, string other)
    {
        if (one == other)
            return false;

        var words = TellingWords(one);
        return !words.Overlaps(TellingWords(other));
    }

    private static HashSet<string> TellingWords(string folded)
    {
        var words = folded.Split([' ', ',', '.', ';', ':', '-', '/', '(', ')', '!', '?', '"'], StringSplitOptions.RemoveEmptyEntries);
        var telling = words.Where(word => word.Length >= ShortestTellingWord).ToHashSet(StringComparer.Ordinal);

        return telling.Count > 0 ? telling : [.. words];
    }
}
