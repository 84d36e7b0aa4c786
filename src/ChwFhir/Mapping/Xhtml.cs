using System.Buffers;
using System.Text;

namespace ChwFhir.Mapping;

/// <summary>Text inside XHTML. What XML cannot carry becomes U+FFFD; line breaks stay, white space is the reader's affair.</summary>
internal static class Xhtml
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(code => code is not (9 or 10)).Select(code => (char)code), '<', '>', '&', '"', '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    internal static void Encode(StringBuilder into, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is var at and >= 0)
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
                default: into.Append('\uFFFD'); break;
            }

            text = text[(at + taken)..];
        }

        into.Append(text);
    }
}
