using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>Free words, perhaps in Markdown, for a page: by the same rules as the document that goes to the chart.</summary>
public static class Prose
{
    /// <summary>A short list of HTML elements without attributes. HTML in the text is text, links are text with their address, pictures are their words: nothing of it loads or leads anywhere.</summary>
    public static string Html(string text)
    {
        using var html = new RentedText();
        MarkdownXhtml.Append(html, text);
        // A part of a page has one level of headings beneath its own.
        return html.ToString().Replace("<h4>", "<h3>", StringComparison.Ordinal).Replace("</h4>", "</h3>", StringComparison.Ordinal);
    }

    /// <summary>Markdown has marks in it that a reader of the page does not see.</summary>
    public static bool IsMarked(string text)
    {
        var html = Html(text);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            if (!html.AsSpan(at).StartsWith("<p>") && !html.AsSpan(at).StartsWith("</p>") && !html.AsSpan(at).StartsWith("<br/>"))
                return true;
        }
        return false;
    }
}
