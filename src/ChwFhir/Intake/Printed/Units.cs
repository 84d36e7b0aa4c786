namespace ChwFhir.Intake.Printed;

/// <summary>The single things that a part lists: its items, the lines of paragraphs that are lists without bullets, its rows; prose as its sentences.</summary>
internal static class Units
{
    /// <param name="IsListed">An item, a row or a line by itself: no sentence of prose.</param>
    internal readonly record struct Unit(string Text, bool IsListed, IReadOnlyList<string>? Cells = null, TableColumns? Columns = null, int Depth = 0);

    public static IEnumerable<Unit> Of(PrintedSection section)
    {
        // Beside a list a paragraph is about it.
        var isList = section.Blocks.Any(block => block.Kind is BlockKind.Item or BlockKind.Row);
        TableColumns? columns = null;
        foreach (var block in section.Blocks)
        {
            switch (block.Kind)
            {
                case BlockKind.Item:
                    yield return new Unit(block.Text, true, Depth: block.Level);
                    break;
                case BlockKind.Row when block.IsHeaderRow:
                    columns = new TableColumns(block.Cells!);
                    break;
                case BlockKind.Row:
                    yield return new Unit(string.Join(" | ", block.Cells!.Where(cell => cell.Length > 0)), true, block.Cells, columns);
                    break;
                default:
                    var lines = block.Text.Split('\n');
                    var areLines = Sentences.AreLines(lines);
                    foreach (var text in areLines ? lines : Sentences.Of(block.Text))
                        yield return new Unit(text, areLines && !isList);
                    break;
            }
        }
    }
}
