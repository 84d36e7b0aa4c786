namespace ChwFhir.Mapping;

/// <summary>A document while it is written: a heading appears only when something stands under it.</summary>
internal class Sheet
{
    private string? _heading;

    internal List<Block> Blocks { get; } = [];

    internal void Under(string? heading) => _heading = heading;

    internal void Say(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            Add(new Block.Paragraph(text));
    }

    internal void List(string? text, IReadOnlyList<string>? under = null)
    {
        if (!string.IsNullOrWhiteSpace(text))
            Add(new Block.Bullet(text, under ?? []));
    }

    internal void Quote(string text) => Add(new Block.Words(text));

    /// <summary>Words of somebody else's document, to the letter.</summary>
    internal void Copy(string text) => Add(new Block.Verbatim(text));

    /// <summary>A heading that stands whether anything is under it or not.</summary>
    internal void Head(string heading)
    {
        _heading = null;
        Blocks.Add(new Block.Heading(heading));
    }

    private void Add(Block block)
    {
        if (_heading is { } heading)
            Blocks.Add(new Block.Heading(heading));
        _heading = null;
        Blocks.Add(block);
    }
}
