namespace ChwFhir.Mapping;

/// <summary>The document while it is written: a heading appears only when something stands under it.</summary>
internal sealed class Page(Draft draft)
{
    private string? _heading;

    internal Draft Draft { get; } = draft;

    internal List<Block> Blocks { get; } = [];

    internal void Under(string heading) => _heading = heading;

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

    /// <summary>Behind words that speak of treatment: what the chart says, so that nobody takes a wish for an order.</summary>
    internal void GuardWishes(params ReadOnlySpan<string?> texts)
    {
        if (Wishes.AreIn(texts))
            Say(AdvanceCarePlanningMapping.CodeStatusLine(Draft.Resolved));
    }

    private void Add(Block block)
    {
        if (_heading is { } heading)
            Blocks.Add(new Block.Heading(heading));
        _heading = null;
        Blocks.Add(block);
    }
}
