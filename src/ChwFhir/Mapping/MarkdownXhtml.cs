using System.Buffers;
using System.Globalization;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChwFhir.Mapping;

/// <summary>Markdown to a short list of XHTML elements, written here and not by the parser: raw HTML is text, links are text with their address, and nothing has an attribute but a list that begins with another number than one.</summary>
internal static class MarkdownXhtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>Letters and marks that mean nothing to Markdown inside a line.</summary>
    private static readonly SearchValues<char> Prose = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,;:!?'\"()/%-\u2019\u2013\u00E1\u00E9\u00ED\u00F3\u00FA\u00F1\u00FC\u00BF\u00A1");

    internal static void Append(RentedText html, string markdown)
    {
        if (IsOneParagraph(markdown))
        {
            html.Append("<p>");
            Xhtml.Encode(html, markdown);
            html.Append("</p>");
            return;
        }

        var start = html.Length;
        try
        {
            Blocks(html, Markdig.Markdown.Parse(markdown, Pipeline));
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: shown as it was written.
            html.CutAt(start);
            html.Append("<pre>");
            Xhtml.Encode(html, markdown);
            html.Append("</pre>");
        }
    }

    /// <summary>Most texts are a plain paragraph, and need no parser.</summary>
    private static bool IsOneParagraph(string text) =>
        text is [var first, .., not ' '] && char.IsAsciiLetter(first) && !text.AsSpan().ContainsAnyExcept(Prose);

    private static void Blocks(RentedText html, ContainerBlock container)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading: Wrapped(html, heading.Level <= 2 ? "h3" : "h4", heading.Inline); break;
                case ParagraphBlock paragraph: Wrapped(html, "p", paragraph.Inline); break;
                case ListBlock list: List(html, list); break;
                case QuoteBlock quote: Wrapped(html, "blockquote", quote); break;
                case CodeBlock code: Code(html, code); break;
                case ThematicBreakBlock: html.Append("<hr/>"); break;
                case LinkReferenceDefinition definition: Definition(html, definition); break;
                case ContainerBlock other: Blocks(html, other); break;
                case LeafBlock { Inline: { } inline }: Wrapped(html, "p", inline); break;
            }
        }
    }

    /// <summary>An address at the foot of the text, which Markdown would not show.</summary>
    private static void Definition(RentedText html, LinkReferenceDefinition definition)
    {
        html.Append("<p>");
        Xhtml.Encode(html, $"[{definition.Label}]: {definition.Url} {definition.Title}".TrimEnd());
        html.Append("</p>");
    }

    private static void List(RentedText html, ListBlock list)
    {
        var name = list.IsOrdered ? "ol" : "ul";
        html.Append('<').Append(name);
        // Digits only: the parser takes nothing else for the number of a list.
        if (list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first != 1)
            html.Append(FormattableString.Invariant($" start=\"{first}\""));
        html.Append('>');
        foreach (var item in list)
            Wrapped(html, "li", (ContainerBlock)item);
        html.Append("</").Append(name).Append('>');
    }

    private static void Code(RentedText html, CodeBlock code)
    {
        html.Append("<pre>");
        Xhtml.Encode(html, code.Lines.ToString());
        html.Append("</pre>");
    }

    private static void Wrapped(RentedText html, string name, ContainerBlock container)
    {
        html.Append('<').Append(name).Append('>');
        Blocks(html, container);
        html.Append("</").Append(name).Append('>');
    }

    private static void Wrapped(RentedText html, string name, ContainerInline? inline)
    {
        html.Append('<').Append(name).Append('>');
        if (inline is not null)
            Inlines(html, inline);
        html.Append("</").Append(name).Append('>');
    }

    private static void Inlines(RentedText html, ContainerInline container)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal: Xhtml.Encode(html, literal.Content.AsSpan()); break;
                case LineBreakInline: html.Append("<br/>"); break;
                case CodeInline code: html.Append("<code>"); Xhtml.Encode(html, code.Content); html.Append("</code>"); break;
                case HtmlEntityInline entity: Xhtml.Encode(html, entity.Transcoded.AsSpan()); break;
                case AutolinkInline link: Xhtml.Encode(html, link.Url); break;
                case EmphasisInline emphasis: Wrapped(html, emphasis.DelimiterCount >= 2 ? "strong" : "em", emphasis); break;
                case LinkInline link: Link(html, link); break;
                case ContainerInline other: Inlines(html, other); break;
                case HtmlInline raw: Xhtml.Encode(html, raw.Tag); break;
            }
        }
    }

    private static void Link(RentedText html, LinkInline link)
    {
        Inlines(html, link);
        if (string.IsNullOrEmpty(link.Url))
            return;

        html.Append(" (");
        Xhtml.Encode(html, link.Url);
        html.Append(')');
    }
}
