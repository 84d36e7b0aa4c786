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
                case Block.Heading heading: text.Append('\n').Append(heading.Text).Append('\n'); break;
                case Block.Paragraph paragraph: text.Append(Indented(paragraph.Text, "  ")).Append('\n'); break;
                case Block.Words words: text.Append("  ").Append(Indented(words.Text, "  ")).Append('\n'); break;
                case Block.Verbatim verbatim: text.Append("  ").Append(Indented(verbatim.Text, "  ")).Append('\n'); break;
                case Block.Bullet bullet:
                    text.Append("- ").Append(Indented(bullet.Text, "  ")).Append('\n');
                    foreach (var under in bullet.Under)
                        text.Append("  - ").Append(Indented(under, "    ")).Append('\n');
                    break;
            }
        }

        ReferenceLine.Neutralise(text);

        return text.Append('\n').Append(referenceLine).Append('\n').ToString();
    }

    // What begins at the margin is said by the service: no text of a note can make a line of its own there.
    private static string Indented(string text, string by) => text.ReplaceLineEndings($"\n{by}");
}
