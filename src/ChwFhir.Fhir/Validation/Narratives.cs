namespace ChwFhir.Fhir.Validation;

/// <summary>
/// The limited XHTML of narratives (txt-1, txt-2): one div in the XHTML namespace, well-formed, with the elements and attributes that are allowed, and
/// something in it to see. A walk over the text, since an XML reader would cost more than all the rest of a Bundle.
/// </summary>
internal static class Narratives
{
    private const int Deepest = 64;

    // https://hl7.org/fhir/R4/narrative.html#xhtml: chapters 7 to 11 and 15 of HTML 4.0 less what can act, and a and img.
    private static readonly HashSet<string> Elements =
    [
        "a", "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "dfn", "div", "dl", "dt", "em",
        "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "q", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody",
        "td", "tfoot", "th", "thead", "tr", "tt", "ul", "var", "kbd", "del", "ins", "bdo", "map", "area", "label",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "abbr", "accesskey", "align", "alt", "axis", "bgcolor", "border", "cellhalign", "cellpadding", "cellspacing", "cellvalign", "char", "charoff", "charset",
        "cite", "class", "colspan", "compact", "coords", "dir", "frame", "headers", "height", "href", "hreflang", "hspace", "id", "lang", "longdesc", "name",
        "nowrap", "rel", "rev", "rowspan", "rules", "scope", "shape", "span", "src", "start", "style", "summary", "tabindex", "title", "type", "usemap",
        "valign", "value", "vlink", "vspace", "width", "xml:lang", "xml:space", "xmlns",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AllowedElements = Elements.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AllowedAttributes = Attributes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the XHTML is allowed, and whether there is anything to see; what is not well-formed is not allowed.</summary>
    public static (bool IsAllowed, bool HasContent) Look(ReadOnlySpan<char> text)
    {
        Span<Range> open = stackalloc Range[Deepest];
        var depth = 0;
        var hasContent = false;
        var ended = false;
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOf('<');
            var between = next < 0 ? text[at..] : text.Slice(at, next);
            var hasText = !between.IsWhiteSpace();
            if (hasText && (depth == 0 || !AreEntitiesClosed(between)))
                return (false, true);
            hasContent |= hasText;
            if (next < 0)
                break;

            at += next;
            var tag = text[at..];
            if (tag.StartsWith("<!--"))
            {
                var end = tag.IndexOf("-->");
                if (end < 0)
                    return (false, hasContent);
                at += end + 3;
                continue;
            }

            var close = EndOfTag(tag);
            if (close < 2 || ended)
                return (false, hasContent);

            if (tag[1] == '/')
            {
                if (depth == 0 || !tag[2..close].TrimEnd().SequenceEqual(text[open[depth - 1]]))
                    return (false, hasContent);
                depth--;
                ended = depth == 0;
            }
            else
            {
                var isEmpty = tag[close - 1] == '/';
                var inside = tag[1..(isEmpty ? close - 1 : close)];
                var length = inside.IndexOfAny(" \t\r\n");
                var name = length < 0 ? inside : inside[..length];
                if (depth == 0 && !(name.SequenceEqual("div") && HasNamespace(inside)))
                    return (false, hasContent);
                if (!AllowedElements.Contains(name) || depth == Deepest || (length >= 0 && !AreAttributesAllowed(inside[length..])))
                    return (false, hasContent);
                hasContent |= name.SequenceEqual("img");
                if (!isEmpty)
                    open[depth++] = (at + 1)..(at + 1 + name.Length);
                else
                    ended = depth == 0;
            }

            at += close + 1;
        }

        return (depth == 0 && ended, hasContent);
    }

    // The place of the > that ends the tag; one in quotes does not.
    private static int EndOfTag(ReadOnlySpan<char> tag)
    {
        var quote = '\0';
        for (var i = 1; i < tag.Length; i++)
        {
            if (quote != '\0')
                quote = tag[i] == quote ? '\0' : quote;
            else if (tag[i] is '"' or '\'')
                quote = tag[i];
            else if (tag[i] == '>')
                return i;
            else if (tag[i] == '<')
                return -1;
        }

        return -1;
    }

    private static bool HasNamespace(ReadOnlySpan<char> inside) => inside.Contains("xmlns=\"http://www.w3.org/1999/xhtml\"", StringComparison.Ordinal) || inside.Contains("xmlns='http://www.w3.org/1999/xhtml'", StringComparison.Ordinal);

    private static bool AreAttributesAllowed(ReadOnlySpan<char> text)
    {
        for (text = text.TrimStart(); text.Length > 0; text = text.TrimStart())
        {
            var sign = text.IndexOf('=');
            if (sign <= 0 || !AllowedAttributes.Contains(text[..sign].TrimEnd()))
                return false;

            var value = text[(sign + 1)..].TrimStart();
            if (value.Length < 2 || value[0] is not ('"' or '\''))
                return false;

            var end = value[1..].IndexOf(value[0]);
            if (end < 0 || value.Slice(1, end).Contains('<') || !AreEntitiesClosed(value.Slice(1, end)))
                return false;
            text = value[(end + 2)..];
        }

        return true;
    }

    private static bool AreEntitiesClosed(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOf('&')) >= 0; text = text[(at + 1)..])
        {
            var end = text[at..].IndexOf(';');
            if (end is < 2 or > 12 || text.Slice(at + 1, end - 1).ContainsAny(" \t\r\n<&"))
                return false;
        }

        return true;
    }
}
