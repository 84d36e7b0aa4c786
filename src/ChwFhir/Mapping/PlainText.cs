namespace ChwFhir.Mapping;

/// <summary>The document as plain text; the reference line is its last.</summary>
internal static class PlainText
{
    internal static string Render(List<Block> blocks, string referenceLine)
    {
        using var text = new RentedText();

        foreach (var block in blocks)
        {
            switch (block)
            {
                case Block.Heading heading: DirectionSigns.Append(text.Append('\n'), heading.Text); text.Append('\n'); break;
                case Block.Paragraph paragraph: Indented(text, paragraph.Text, "  "); break;
                case Block.Words words: Indented(text.Append("  "), words.Text, "  "); break;
                case Block.Verbatim verbatim: Indented(text.Append("  "), verbatim.Text, "  "); break;
                case Block.Bullet bullet:
                    Indented(text.Append("- "), bullet.Text, "  ");
                    foreach (var under in bullet.Under)
                        Indented(text.Append("  - "), under, "    ");
                    break;
            }
        }

        ReferenceLine.Neutralise(text);

        return text.Append('\n').Append(referenceLine).Append('\n').ToString();
    }

    // What begins at the margin is said by the service: no text of a note can make a line of its own there.
    private static void Indented(RentedText into, string text, string by)
    {
        var first = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!first)
                into.Append('\n').Append(by);
            first = false;
            DirectionSigns.Append(into, line);
        }

        into.Append('\n');
    }
}
