using System.Text;

namespace ChwFhir.Intake.Printed;

/// <summary>Lines of a printed page as headings, paragraphs, list items and table rows.</summary>
internal static class PlainBlocks
{
    /// <summary>From how many columns on a line that follows without a gap is taken for full, and the next for its rest.</summary>
    private const int FullLine = 55;

    public static void Append(string text, List<Block> to)
    {
        var lines = new List<Line>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text[range];
            if (line.Length < CommaLines.Long)
                lines.Add(Line.Of(line));
            else
                lines.AddRange(CommaLines.Break(line).Split('\n').Select(Line.Of));
        }

        Append(lines, to);
    }

    public static void Append(IReadOnlyList<Line> lines, List<Block> to)
    {
        var allUpper = IsAllUpper(lines);
        var paragraph = new List<string>();
        var itemIndent = -1;
        var more = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsBlank || LineShapes.IsRule(line.Text))
            {
                EndAll();
                itemIndent = -1;
                continue;
            }

            var next = i + 1 < lines.Count ? lines[i + 1] : default;
            var underlined = next.Text is { Length: >= 3 } below && LineShapes.IsRule(below) && !below.Contains('.', StringComparison.Ordinal);
            var apart = paragraph.Count == 0 && itemIndent < 0;
            if (Row(lines, i) is { } row)
            {
                EndAll();
                itemIndent = -1;
                if (row.Cells!.Count > 0)
                    to.Add(row);
                continue;
            }

            if (LineShapes.Item(line.Text) is { } item && !underlined)
            {
                EndAll();
                itemIndent = line.Indent;
                to.Add(new Block(BlockKind.Item, LineShapes.Tidy(item.Text), Depth(line.Indent), item.Marker));
                continue;
            }

            var blankAbove = i == 0 || lines[i - 1].IsBlank || LineShapes.IsRule(lines[i - 1].Text);
            if (LineHeading.Of(line, new LineHeading.Place(apart, blankAbove, next.Text ?? "", underlined, allUpper)) is { } heading)
            {
                EndAll();
                itemIndent = -1;
                to.Add(new Block(BlockKind.Heading, LineShapes.Tidy(heading.Title), heading.Level));
                if (heading.Rest.Length > 0)
                    paragraph.Add(LineShapes.Tidy(heading.Rest));
                continue;
            }

            if (itemIndent >= 0 && Continues(line, itemIndent, lines[i - 1]))
            {
                more.Append(' ').Append(LineShapes.Tidy(line.Text));
                continue;
            }

            if (itemIndent >= 0)
                EndAll();
            itemIndent = -1;
            paragraph.Add(LineShapes.Tidy(line.Text));
        }

        EndAll();

        // The item that is the last block, with the lines that go on with it; or the paragraph.
        void EndAll()
        {
            if (more.Length > 0)
                to[^1] = to[^1] with { Text = $"{to[^1].Text}{more}" };
            more.Clear();
            End(paragraph, to);
        }
    }

    private static bool Continues(Line line, int itemIndent, Line before) =>
        line.Indent > itemIndent || (before.Text.Length >= FullLine && before.Text[^1] is not ('.' or ':' or ';') && char.IsLower(line.Text[0]));

    private static int Depth(int indent) => Math.Min(indent / 3, 5);

    private static void End(List<string> paragraph, List<Block> to)
    {
        if (paragraph.Count > 0)
            to.Add(new Block(BlockKind.Paragraph, string.Join('\n', paragraph)));
        paragraph.Clear();
    }

    /// <summary>A row when a neighbour is one too; without cells for the rule under a table's head.</summary>
    private static Block? Row(IReadOnlyList<Line> lines, int at)
    {
        var text = lines[at].Text;
        if (LineShapes.IsTableRule(text))
            return new Block(BlockKind.Row, "", Cells: []);
        if (LineShapes.Cells(text) is not { } cells)
            return null;

        var above = at > 0 && !lines[at - 1].IsBlank && LineShapes.Cells(lines[at - 1].Text) is not null;
        var below = at + 1 < lines.Count && !lines[at + 1].IsBlank && LineShapes.Cells(lines[at + 1].Text) is not null;
        if (!above && !below)
            return null;

        var isHead = !above && (LineShapes.IsTableRule(lines[at + 1].Text) || TableColumns.IsHead(cells));
        return new Block(BlockKind.Row, "", Cells: cells, IsHeaderRow: isHead);
    }

    private static bool IsAllUpper(IReadOnlyList<Line> lines)
    {
        var upper = 0;
        var lower = 0;
        foreach (var line in lines)
        {
            foreach (var character in line.Text)
            {
                if (char.IsUpper(character))
                    upper++;
                else if (char.IsLower(character))
                    lower++;
            }
        }

        return upper > 3 * lower;
    }
}
