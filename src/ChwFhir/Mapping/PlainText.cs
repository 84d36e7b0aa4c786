using System.Text;

namespace ChwFhir.Mapping;

/// <summary>The document as plain text; the reference line is its last.</summary>
internal static class PlainText
{
    internal static string Render(List<Block> blocks, string referenceLine)
    {
        var text = new StringBuilder(4096);

        foreach (var block in blocks)
        {
            switch (block)
            {
                case Block.Heading heading: text.Append('\n').Append(heading.Text).Append('\n'); break;
                case Block.Paragraph paragraph: text.Append(paragraph.Text).Append('\n'); break;
                case Block.Words words: text.Append(words.Text).Append('\n'); break;
                case Block.Bullet bullet:
                    text.Append("- ").Append(bullet.Text).Append('\n');
                    foreach (var under in bullet.Under)
                        text.Append("  - ").Append(under).Append('\n');
                    break;
            }
        }

        return $"{ReferenceLine.Neutralise(text.ToString())}\n{referenceLine}\n";
    }
}
