using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChwFhir.Mapping;

/// <summary>Markdown to a short list of XHTML elements, written here and not by the parser: raw HTML is text, links are text with their address, nothing has an attribute.</summary>
internal static class MarkdownXhtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    internal static void Append(StringBuilder html, string markdown)
    {
        var start = html.Length;
        try
        {
            Blocks(html, Markdown.Parse(markdown, Pipeline));
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: shown as it was written.
            html.Length = start;
            html.Append("<pre>");
            Xhtml.Encode(html, markdown);
            html.Append("</pre>");
        }
    }

    private static void Blocks(StringBuilder html, ContainerBlock container)
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
    private static void Definition(StringBuilder html, LinkReferenceDefinition definition)
    {
        html.Append("<p>");
        Xhtml.Encode(html, $"[{definition.Label}]: {definition.Url} {definition.Title}".TrimEnd());
        html.Append("</p>");
    }

    private static void List(StringBuilder html, ListBlock list)
    {
        var name = list.IsOrdered ? "ol" : "ul";
        html.Append('<').Append(name).Append('>');
        foreach (var item in list)
            Wrapped(html, "li", (ContainerBlock)item);
        html.Append("</").Append(name).Append('>');
    }

    private static void Code(StringBuilder html, CodeBlock code)
    {
        html.Append("<pre>");
        Xhtml.Encode(html, code.Lines.ToString());
        html.Append("</pre>");
    }

    private static void Wrapped(StringBuilder html, string name, ContainerBlock container)
    {
        html.Append('<').Append(name).Append('>');
        Blocks(html, container);
        html.Append("</").Append(name).Append('>');
    }

    private static void Wrapped(StringBuilder html, string name, ContainerInline? inline)
    {
        html.Append('<').Append(name).Append('>');
        if (inline is not null)
            Inlines(html, inline);
        html.Append("</").Append(name).Append('>');
    }

    private static void Inlines(StringBuilder html, ContainerInline container)
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

    private static void Link(StringBuilder html, LinkInline link)
    {
        Inlines(html, link);
        if (string.IsNullOrEmpty(link.Url))
            return;

        html.Append(" (");
        Xhtml.Encode(html, link.Url);
        html.Append(')');
    }
}
