using System.Buffers;

namespace ChwFhir.Mapping;

/// <summary>Text inside XHTML. What XML cannot carry becomes U+FFFD; what turns the direction of writing is left out; line breaks stay, white space is the reader's affair.</summary>
internal static class Xhtml
{
    /// <summary>ASCII that stands for itself. The rest of Unicode is looked at one by one, which keeps the search for the many fast.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(character => character is '\t' or '\n' || (character >= ' ' && character is not ('<' or '>' or '&' or '"')))]);

    internal static void Encode(RentedText into, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyExcept(Plain) is var at and >= 0)
        {
            into.Append(text[..at]);
            var taken = 1;
            switch (text[at])
            {
                case '<': into.Append("&lt;"); break;
                case '>': into.Append("&gt;"); break;
                case '&': into.Append("&amp;"); break;
                case '"': into.Append("&quot;"); break;
                case '\r': into.Append(at + 1 < text.Length && text[at + 1] == '\n' ? "" : "\n"); break;
                case var high when char.IsHighSurrogate(high) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    into.Append(text.Slice(at, 2));
                    taken = 2;
                    break;
                case < ' ' or '\uFFFE' or '\uFFFF' or (>= '\uD800' and <= '\uDFFF'): into.Append('\uFFFD'); break;
                case var turning when DirectionSigns.IsOne(turning): break;
                case var other: into.Append(other); break;
            }

            text = text[(at + taken)..];
        }

        into.Append(text);
    }
}
