namespace ChwFhir.Intake.Printed;

/// <summary>Blocks cut at their headings.</summary>
internal static class Sectioning
{
    public static List<PrintedSection> Cut(IReadOnlyList<Block> blocks)
    {
        var top = TopLevel(blocks);
        var sections = new List<PrintedSection>();
        var body = new List<Block>();
        string? title = null;
        var level = 1;
        HeadingKind? kind = null;
        HeadingKind? above = null;
        var aboveIsEmpty = false;
        foreach (var block in blocks)
        {
            if (block.Kind != BlockKind.Heading)
            {
                body.Add(block);
                continue;
            }

            Close();
            if (level == 1)
                aboveIsEmpty = sections.Count > 0 && sections[^1].IsEmpty;
            var own = block.Level == Block.Weak ? HeadingWords.Within(block.Text) : HeadingWords.Exactly(block.Text) ?? HeadingWords.Within(block.Text);
            title = block.Text;
            level = LevelOf(block, top, own, above, aboveIsEmpty);
            kind = level == 1 ? own : own is null or { Becomes: SectionBecomes.Text } ? above : own;
            if (level == 1)
                above = kind;
        }

        Close();
        return sections;

        void Close()
        {
            if (title is not null || body.Count > 0)
                sections.Add(new PrintedSection(title, level, kind, [.. body]));
            body.Clear();
        }
    }

    /// <summary>The level that markup gives the parts of the page; the only heading of a higher one, at the top, is the page's title.</summary>
    private static int TopLevel(IReadOnlyList<Block> blocks)
    {
        var levels = blocks.Where(block => block is { Kind: BlockKind.Heading, Level: > 0 }).Select(block => block.Level).ToList();
        if (levels.Count == 0)
            return 0;

        var highest = levels.Min();
        return levels[0] == highest && levels.Count(level => level == highest) == 1 && levels.Count > 1 ? levels.Skip(1).Min() : highest;
    }

    private static int LevelOf(Block heading, int top, HeadingKind? own, HeadingKind? above, bool aboveIsEmpty) => heading.Level switch
    {
        > 0 => heading.Level <= top ? 1 : 2,
        // A lead such as "Morning:" parts what it stands in; where nothing stands above, it heads by itself.
        Block.Weak => above is not null && own is null ? 2 : 1,
        // "START taking" directly below "Your medicines", and "STOP taking" after it.
        _ when aboveIsEmpty && own is not null && own.Becomes == above?.Becomes && own.Becomes != SectionBecomes.Text => 2,
        _ => top == 0 || own is not null ? 1 : 2,
    };
}
