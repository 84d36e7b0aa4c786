using System.Security.Cryptography;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Texts compared as people compare them: letter case, accents, a keyboard's kind of quotation mark and dash, white space and what cannot be seen do not count.</summary>
internal static class Folding
{
    private const int HashCharacters = 16;
    private const int LongestKeyPart = 64;
    private const int ShortestTellingWord = 4;
    private const int Piece = 256;

    internal static string Fold(string text)
    {
        using var folded = new RentedText();
        Fold(text, folded);

        return folded.ToString();
    }

    /// <summary>Adds a text as a line of its own: behind what is there, white space parts them.</summary>
    internal static void Fold(ReadOnlySpan<char> text, RentedText into)
    {
        // A letter becomes two at most, and a space stands before it.
        Span<char> piece = stackalloc char[3 * Piece];
        var begun = into.Length > 0;
        var gap = begun;
        while (!text.IsEmpty)
        {
            var length = 0;
            foreach (var character in text[..Math.Min(Piece, text.Length)])
            {
                if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
                    (length, begun, gap) = (Letter(piece, length, gap, character), true, false);
                else if (char.IsWhiteSpace(character))
                    gap = begun;
                else if (!PlainLetters.IsMark(character) && !char.IsControl(character) && (char.IsAscii(character) || char.GetUnicodeCategory(character) != System.Globalization.UnicodeCategory.Format))
                {
                    var lower = char.ToLowerInvariant(character);
                    if (!char.IsAscii(lower) && PlainLetters.Of(lower) is { } plain)
                    {
                        foreach (var letter in plain)
                            (length, gap) = (Letter(piece, length, gap, letter), false);
                    }
                    else
                        length = Letter(piece, length, gap, Plain(lower));
                    (begun, gap) = (true, false);
                }
            }

            into.Append(piece[..length]);
            text = text[Math.Min(Piece, text.Length)..];
        }
    }

    private static int Letter(Span<char> piece, int length, bool gap, char letter)
    {
        if (gap)
            piece[length++] = ' ';
        piece[length++] = letter;
        return length;
    }

    /// <summary>A short name for a text that has none.</summary>
    internal static string Hash(params ReadOnlySpan<string> lines)
    {
        using var folded = new RentedText();
        foreach (var line in lines)
            Fold(line, folded);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(folded.ToUtf8(), hash);

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

    private static char Plain(char lower) => lower switch
    {
        '\u2018' or '\u2019' or '\u02BC' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' => '-',
        _ => lower,
    };

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
