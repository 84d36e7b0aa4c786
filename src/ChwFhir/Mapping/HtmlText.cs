using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ChwFhir.Mapping;

/// <summary>HTML or XHTML without its tags. An element that begins a line of its own ends the word before it; one inside a line does not.</summary>
internal static class HtmlText
{
    private static readonly FrozenSet<string> InLine = FrozenSet.Create(StringComparer.Ordinal,
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");

    internal static string Read(string html)
    {
        var text = new StringBuilder(html.Length);
        // No recursion: a page may be nested out of all reason.
        var open = new Stack<(INode Node, int Next)>();
        open.Push((new HtmlParser().ParseDocument(html), 0));
        while (open.TryPop(out var at))
        {
            if (at.Next == 0)
                Enter(at.Node, text);
            if (at.Next < at.Node.ChildNodes.Length)
            {
                open.Push((at.Node, at.Next + 1));
                open.Push((at.Node.ChildNodes[at.Next], 0));
            }
            else
                Part(at.Node, text);
        }

        return text.ToString();
    }

    private static void Enter(INode node, StringBuilder text)
    {
        Part(node, text);
        if (node is ICharacterData said)
            text.Append(said.Data);
    }

    private static void Part(INode node, StringBuilder text)
    {
        if (node is IElement element ? !InLine.Contains(element.LocalName) : node is IComment)
            text.Append('\n');
    }
}
