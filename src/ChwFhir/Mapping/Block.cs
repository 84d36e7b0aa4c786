namespace ChwFhir.Mapping;

/// <summary>A part of the note as it is read, before it is plain text or XHTML.</summary>
internal abstract record Block
{
    private Block() { }

    internal sealed record Heading(string Text) : Block;

    internal sealed record Paragraph(string Text) : Block;

    internal sealed record Bullet(string Text, IReadOnlyList<string> Under) : Block;

    /// <summary>Free words as the CHW wrote them, perhaps in Markdown.</summary>
    internal sealed record Words(string Text) : Block;

    /// <summary>Words of another document, whose signs mean nothing but themselves.</summary>
    internal sealed record Verbatim(string Text) : Block;
}
