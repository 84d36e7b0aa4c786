using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChwFhir.Intake.Printed;

/// <summary>Markdown as blocks. HTML inside it is read as HTML; a text that the parser does not take is read as plain.</summary>
internal static class MarkdownBlocks
{
    /// <summary>Signs of emphasis and links beyond this many let the parser's time grow out of all reason; no page has them.</summary>
    private const int MostSigns = 20_000;

    /// <summary>So do blocks: the parser's time grows with the square of the headings and of the paragraphs of one item.</summary>
    private const int MostLines = 20_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    public static void Append(string text, List<Block> to)
    {
        if (text.AsSpan().CountAny("*_[]`<|!") > MostSigns || text.AsSpan().Count('\n') > MostLines)
        {
            PlainBlocks.Append(text, to);
            return;
        }

        var blocks = new List<Block>();
        try
        {
            Blocks(Markdig.Markdown.Parse(text, Pipeline), 0, blocks);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes.
            blocks.Clear();
            PlainBlocks.Append(text, blocks);
        }

        to.AddRange(blocks);
    }

    private static void Blocks(ContainerBlock container, int depth, List<Block> to)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading when Text(heading.Inline) is { Length: > 0 } title:
                    to.Add(new Block(BlockKind.Heading, title.Replace('\n', ' ').TrimEnd(':', ' '), heading.Level));
                    break;
                case ListBlock list:
                    List(list, depth, to);
                    break;
                case Table table:
                    Rows(table, to);
                    break;
                case HtmlBlock html when HtmlBlocks.Of(html.Lines.ToString(), out _) is { } page:
                    to.AddRange(page.Blocks);
                    break;
                case LinkReferenceDefinitionGroup group:
                    foreach (var definition in group.OfType<LinkReferenceDefinition>())
                        to.Add(new Block(BlockKind.Paragraph, $"[{definition.Label}]: {definition.Url} {definition.Title}".TrimEnd()));
                    break;
                case ContainerBlock other:
                    Blocks(other, depth, to);
                    break;
                case CodeBlock code:
                    PlainBlocks.Append(code.Lines.ToString(), to);
                    break;
                case LeafBlock { Inline: { } inline }:
                    PlainBlocks.Append(Lines(inline), to);
                    break;
                case LeafBlock leaf when leaf.Lines.Count > 0:
                    PlainBlocks.Append(leaf.Lines.ToString(), to);
                    break;
            }
        }
    }

    private static void List(ListBlock list, int depth, List<Block> to)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var at = -1;
            var more = new StringBuilder();
            var marker = list.IsOrdered ? FormattableString.Invariant($"{item.Order}.") : "-";
            foreach (var part in item)
            {
                if (part is LeafBlock { Inline: { } inline } and not HeadingBlock && Text(inline).Replace('\n', ' ') is var text)
                {
                    if (at < 0)
                    {
                        at = to.Count;
                        to.Add(new Block(BlockKind.Item, text, Math.Min(depth, 5), marker));
                    }
                    else
                        more.Append(' ').Append(text);
                }
                else if (part is ListBlock inner)
                    List(inner, depth + 1, to);
                else if (part is Table table)
                    Rows(table, to);
                else if (part is HeadingBlock { Inline: { } title })
                    to.Add(new Block(BlockKind.Item, Text(title).Replace('\n', ' '), Math.Min(depth, 5), marker));
                else if (part is CodeBlock code)
                    PlainBlocks.Append(code.Lines.ToString(), to);
                else if (part is HtmlBlock html && HtmlBlocks.Of(html.Lines.ToString(), out _) is { } page)
                    to.AddRange(page.Blocks);
                else if (part is ContainerBlock other)
                    Blocks(other, depth + 1, to);
            }

            if (more.Length > 0)
                to[at] = to[at] with { Text = $"{to[at].Text}{more}" };
        }
    }

    private static void Rows(Table table, List<Block> to)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Text(leaf.Inline).Replace('\n', ' ').Trim()))).ToList();
            if (cells.Exists(cell => cell.Length > 0))
                to.Add(new Block(BlockKind.Row, "", Cells: cells, IsHeaderRow: row.IsHeader));
        }
    }

    /// <summary>Lines with what is bold on the whole of one, so that a bold line may be a heading.</summary>
    private static List<Line> Lines(ContainerInline inline)
    {
        var lines = new HtmlLines();
        foreach (var part in inline)
        {
            if (part is LineBreakInline)
                lines.Break();
            else
            {
                var text = new StringBuilder();
                Append(part, text);
                lines.Text(text.ToString(), part is EmphasisInline { DelimiterCount: >= 2 });
            }
        }

        return lines.Take();
    }

    private static string Text(ContainerInline? inline)
    {
        var text = new StringBuilder();
        if (inline is not null)
            Append(inline, text);
        return text.ToString().Trim();
    }

    private static void Append(Inline inline, StringBuilder text)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case LineBreakInline:
                text.Append('\n');
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case HtmlInline html:
                text.Append(html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) ? "\n" : "");
                break;
            case LinkInline link:
                Inside(link, text);
                if (!string.IsNullOrEmpty(link.Url) && !text.ToString().EndsWith(link.Url, StringComparison.Ordinal))
                    text.Append(" (").Append(link.Url).Append(')');
                break;
            case ContainerInline container:
                Inside(container, text);
                break;
        }
    }

    private static void Inside(ContainerInline container, StringBuilder text)
    {
        foreach (var part in container)
            Append(part, text);
    }
}
