using System.Text;

namespace ChwFhir.Mapping;

/// <summary>The document as XHTML: no attribute, no script, no link, whatever the note says.</summary>
internal static class XhtmlDocument
{
    internal static string Render(List<Block> blocks, string title, string referenceLine)
    {
        var html = new StringBuilder(8192);
        html.Append("""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>""");
        Xhtml.Encode(html, title);
        html.Append("</title></head><body>");
        var head = html.ToString();
        html.Clear();

        var inList = false;
        foreach (var block in blocks)
        {
            if (inList != block is Block.Bullet)
                html.Append(inList ? "</ul>" : "<ul>");
            inList = block is Block.Bullet;
            Append(html, block);
        }

        if (inList)
            html.Append("</ul>");

        return $"{head}{ReferenceLine.Neutralise(html.ToString())}<p>{referenceLine}</p></body></html>";
    }

    private static void Append(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Block.Heading heading: Element(html, "h2", heading.Text); break;
            case Block.Paragraph paragraph: Element(html, "p", paragraph.Text); break;
            case Block.Words words: MarkdownXhtml.Append(html, words.Text); break;
            case Block.Bullet bullet: Item(html, bullet); break;
        }
    }

    private static void Item(StringBuilder html, Block.Bullet bullet)
    {
        html.Append("<li>");
        Lines(html, bullet.Text);
        if (bullet.Under.Count > 0)
        {
            html.Append("<ul>");
            foreach (var under in bullet.Under)
                Element(html, "li", under);
            html.Append("</ul>");
        }

        html.Append("</li>");
    }

    private static void Element(StringBuilder html, string name, string text)
    {
        html.Append('<').Append(name).Append('>');
        Lines(html, text);
        html.Append("</").Append(name).Append('>');
    }

    private static void Lines(StringBuilder html, string text)
    {
        var first = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!first)
                html.Append("<br/>");
            first = false;
            Xhtml.Encode(html, line);
        }
    }
}
