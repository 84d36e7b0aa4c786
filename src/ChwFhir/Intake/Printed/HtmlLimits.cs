using System.Buffers;

namespace ChwFhir.Intake.Printed;

/// <summary>
/// Looks through HTML before it is parsed: the parser's time grows with depth times length, and with the square of a tag's attributes, so a small page could
/// keep it busy for hours. Tags that end by themselves (<c>p</c>, <c>li</c>, <c>td</c>) do not count as open.
/// </summary>
internal static class HtmlLimits
{
    private const int MostDepth = 250;
    private const int MostAttributes = 200;

    private static readonly SearchValues<string> EndBySelf = SearchValues.Create(
        ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup", "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source", "track", "param", "embed", "html", "body", "head"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Raw = SearchValues.Create(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Where it goes beyond the limits; null when it does not.</summary>
    /// <param name="isText">Its text is longer than <see cref="PrintedPage.LongestText"/>: what stands between the tags.</param>
    public static int? TooMuchAt(string html, out bool isText)
    {
        isText = false;
        var text = 0;
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            text += (tag < 0 ? html.Length : tag) - at;
            if (text > PrintedPage.LongestText)
            {
                isText = true;
                return at;
            }

            if (tag < 0)
                return null;
            at = tag + 1;
            if (html.AsSpan(at).StartsWith("!--"))
            {
                at = After(html, "-->", at + 1);
                continue;
            }

            var closes = at < html.Length && html[at] == '/';
            if (closes)
                at++;
            if (at >= html.Length || !char.IsAsciiLetter(html[at]))
                continue;

            var name = Name(html, at);
            at += name.Length;
            if (!TryPassTag(html, ref at))
                return tag;
            if (EndBySelf.Contains(name))
                continue;

            var count = open.GetValueOrDefault(name);
            if (closes)
            {
                if (count > 0)
                {
                    open[name] = count - 1;
                    depth--;
                }

                continue;
            }

            open[name] = count + 1;
            if (++depth > MostDepth)
                return tag;
            if (Raw.Contains(name))
                at = RawEnd(html, name, at);
        }

        return null;
    }

    private static string Name(string html, int at)
    {
        var end = at;
        while (end < html.Length && html[end] is not ('>' or '/' or ' ' or '\t' or '\n' or '\r' or '\f'))
            end++;
        return html[at..end];
    }

    /// <summary>Goes to behind the tag's end; false when it has more attributes than any page needs.</summary>
    private static bool TryPassTag(string html, ref int at)
    {
        var attributes = 0;
        while (at < html.Length && html[at] != '>')
        {
            if (html[at] == '=')
            {
                at++;
                while (at < html.Length && char.IsWhiteSpace(html[at]))
                    at++;
                if (at < html.Length && html[at] is '"' or '\'')
                {
                    var end = html.IndexOf(html[at], at + 1);
                    at = end < 0 ? html.Length : end + 1;
                }
            }
            else if (char.IsWhiteSpace(html[at]) || html[at] == '/')
            {
                at++;
                if (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('>' or '=' or '/') && ++attributes > MostAttributes)
                    return false;
            }
            else
                at++;
        }

        at = Math.Min(at + 1, html.Length);
        return true;
    }

    private static int RawEnd(string html, string name, int at)
    {
        var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }

    private static int After(string html, string end, int at) => at < html.Length && html.IndexOf(end, at, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : html.Length;
}
