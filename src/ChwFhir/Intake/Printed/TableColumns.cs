namespace ChwFhir.Intake.Printed;

/// <summary>What the columns of a table are, by the words of its head.</summary>
internal sealed class TableColumns
{
    private readonly IReadOnlyList<string> _head;

    public TableColumns(IReadOnlyList<string> head) => _head = head;

    public static bool IsHead(IReadOnlyList<string> cells) =>
        cells.Count(cell => Phrases.Columns.Values.Any(words => words.Contains(string.Join(' ', PlainWords.Of(cell))))) * 2 >= cells.Count;

    /// <summary>The cell under the first head that is one of the column's words; null when there is none or it is empty.</summary>
    public string? Cell(IReadOnlyList<string> cells, string column)
    {
        for (var i = 0; i < Math.Min(cells.Count, _head.Count); i++)
        {
            if (Phrases.Columns[column].Contains(string.Join(' ', PlainWords.Of(_head[i]))) && cells[i].Length > 0)
                return cells[i];
        }

        return null;
    }
}
