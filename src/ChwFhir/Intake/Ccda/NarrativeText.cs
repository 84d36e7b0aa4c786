using System.Buffers;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// The words of all narratives of a document in one buffer: breaks are asked for and written only before the next word, so that text never begins, ends or doubles with them. Paragraphs stand apart by an empty line,
/// list items as <c>- item</c>, cells of a row as <c>cell | cell</c>.
/// </summary>
internal sealed class NarrativeText : IDisposable
{
    private char[] buffer = ArrayPool<char>.Shared.Rent(16 * 1024);
    private int start;
    private int lines;
    private int cells;
    private bool isSpace;
    private bool isRow;
    private bool rowHasWords;
    private bool cellHasWords;
    private string? marker;
    private int indent;

    public int Length { get; private set; }

    public void Begin()
    {
        start = Length;
        lines = cells = indent = 0;
        isSpace = isRow = rowHasWords = cellHasWords = false;
        marker = null;
    }

    public string End() => new(buffer, start, Length - start);

    public string Slice(int from, int to) => new(buffer, from, to - from);

    public ReadOnlySpan<char> Span(int from, int to) => buffer.AsSpan(from, to - from);

    public void Space() => isSpace = true;

    /// <summary>A line's end. Cells that are only a paragraph stay in their row.</summary>
    public void Line()
    {
        if (isRow && !cellHasWords)
            return;
        lines = Math.Max(lines, 1);
    }

    public void Paragraph() => lines = isRow || indent > 0 ? Math.Max(lines, 1) : 2;

    /// <summary>A list or table: also the first thing in a cell begins a line of its own.</summary>
    public void Block()
    {
        if (isRow && rowHasWords)
            WriteCells();
        Paragraph();
        cells = 0;
    }

    public void Item(string mark, int depth)
    {
        lines = Math.Max(lines, 1);
        marker = mark;
        indent = depth;
    }

    public int Indent
    {
        get => indent;
        set => indent = value;
    }

    public void NoMarker() => marker = null;

    public bool IsInRow => isRow;

    /// <summary>Begins a row; what it gives is handed back at its end: rows stand in cells of rows.</summary>
    public (bool IsRow, bool RowHasWords, bool CellHasWords) Row()
    {
        var outer = (isRow, rowHasWords, cellHasWords);
        lines = Math.Max(lines, 1);
        isRow = true;
        cells = 0;
        rowHasWords = cellHasWords = false;
        return outer;
    }

    public void EndRow((bool IsRow, bool RowHasWords, bool CellHasWords) outer)
    {
        isRow = outer.IsRow;
        rowHasWords |= outer.RowHasWords;
        cellHasWords |= outer.CellHasWords;
        cells = 0;
        lines = Math.Max(lines, 1);
    }

    /// <summary>The next cell of the row: not called before the first.</summary>
    public void Cell()
    {
        cells++;
        if (rowHasWords)
            lines = 0;
        cellHasWords = false;
    }

    public void Word(ReadOnlySpan<char> word)
    {
        Separate(word.Length);
        word.CopyTo(buffer.AsSpan(Length));
        Length += word.Length;
    }

    private void Separate(int more)
    {
        Grow(more + 2 * cells + 2 * Math.Max(indent, 0) + 16);
        var isFirst = Length == start;
        if (lines > 0 && !isFirst)
        {
            buffer.AsSpan(Length, lines).Fill('\n');
            Length += lines;
        }
        if (marker is not null)
        {
            Write(new string(' ', 2 * Math.Max(indent - 1, 0)));
            Write(marker);
        }
        if (marker is null && lines > 0 && indent > 0)
            Write(new string(' ', 2 * indent));
        if (cells > 0)
            WriteCells();
        if (Length > start && (cells > 0 || (isSpace && lines == 0 && marker is null && !isFirst)))
            buffer[Length++] = ' ';
        lines = cells = 0;
        isSpace = false;
        marker = null;
        rowHasWords |= isRow;
        cellHasWords |= isRow;
    }

    private void WriteCells()
    {
        Grow(2 * cells + 4);
        for (var i = 0; i < cells; i++)
        {
            if (Length > start && buffer[Length - 1] != '\n')
                buffer[Length++] = ' ';
            buffer[Length++] = '|';
        }
    }

    private void Write(string text)
    {
        Grow(text.Length);
        text.CopyTo(buffer.AsSpan(Length));
        Length += text.Length;
    }

    private void Grow(int more)
    {
        if (Length + more <= buffer.Length)
            return;
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, Length + more));
        buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        buffer = [];
    }
}
