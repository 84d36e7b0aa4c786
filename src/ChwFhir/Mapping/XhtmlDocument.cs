namespace ChwFhir.Mapping;

/// <summary>The document as XHTML in UTF-8: no attribute, no script, no link, whatever the note says.</summary>
internal static class XhtmlDocument
{
    internal static byte[] Render(List<Block> blocks, string title, string referenceLine)
    {
        using var html = new RentedText();
        html.Append("""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>""");
        Xhtml.Encode(html, title);
        html.Append("</title></head><body>");

        var body = html.Length;
        Body(html, blocks);
        ReferenceLine.Neutralise(html, body);
        html.Append("<p>").Append(referenceLine).Append("</p></body></html>");

        return html.ToUtf8();
    }

    private static void Body(RentedText html, List<Block> blocks)
    {
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
    }

    private static void Append(RentedText html, Block block)
    {
        switch (block)
        {
            case Block.Heading heading: Element(html, "h2", heading.Text); break;
            case Block.Paragraph paragraph: Element(html, "p", paragraph.Text); break;
            case Block.Words words:
                html.Append("<blockquote>");
                MarkdownXhtml.Append(html, words.Text);
                html.Append("</blockquote>");
                break;
            case Block.Verbatim verbatim:
                html.Append("<blockquote>");
                Element(html, "p", verbatim.Text);
                html.Append("</blockquote>");
                break;
            case Block.Bullet bullet: Item(html, bullet); break;
        }
    }

    private static void Item(RentedText html, Block.Bullet bullet)
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

    private static void Element(RentedText html, string name, string text)
    {
        html.Append('<').Append(name).Append('>');
        Lines(html, text);
        html.Append("</").Append(name).Append('>');
    }

    private static void Lines(RentedText html, string text)
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
