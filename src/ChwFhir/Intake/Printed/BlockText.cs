using System.Text;

namespace ChwFhir.Intake.Printed;

/// <summary>Blocks as clean text: paragraphs apart by an empty line, items one a line, rows as <c>cell | cell</c>.</summary>
internal static class BlockText
{
    public static string Of(IEnumerable<Block> blocks)
    {
        var text = new StringBuilder();
        Block? before = null;
        foreach (var block in blocks)
        {
            if (before is not null)
                text.Append(before.Kind == block.Kind && block.Kind is BlockKind.Item or BlockKind.Row || (before.Kind == BlockKind.Paragraph && block.Kind == BlockKind.Item) ? "\n" : "\n\n");
            if (block.Kind == BlockKind.Item)
                text.Append(' ', 2 * block.Level).Append(block.Marker).Append(' ');
            text.Append(block.Kind == BlockKind.Row ? string.Join(" | ", block.Cells!) : block.Text);
            before = block;
        }

        return text.ToString();
    }
}
