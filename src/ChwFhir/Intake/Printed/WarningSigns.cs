using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>Signs at which somebody should be called, with what the text says to do.</summary>
internal static class WarningSigns
{
    /// <returns>Whether the part's whole text became signs.</returns>
    public static bool Find(PrintedSection section, List<WarningSign> to)
    {
        var isWarning = section.Kind?.Becomes == SectionBecomes.Warning;
        var title = PlainWords.Of(section.Title);
        var lead = isWarning ? new Lead(Urges.Action(title), Phones.In(section.Title ?? "")) : null;
        var hasItems = section.Blocks.Any(block => block.Kind is BlockKind.Item or BlockKind.Row);
        var whole = true;
        TableColumns? columns = null;
        foreach (var block in section.Blocks)
        {
            switch (block.Kind)
            {
                case BlockKind.Row when block.IsHeaderRow:
                    columns = new TableColumns(block.Cells!);
                    break;
                case BlockKind.Row when isWarning:
                    Row(block.Cells!, columns, lead, to);
                    break;
                case BlockKind.Item when isWarning || lead is not null:
                    Sign(block.Text, lead, to);
                    break;
                case BlockKind.Item when Urges.IsWarning(PlainWords.Of(block.Text)):
                    Sign(block.Text, null, to);
                    break;
                case BlockKind.Paragraph:
                    lead = Paragraph(block.Text, isWarning, hasItems, lead, to, out var said);
                    whole &= said;
                    break;
            }
        }

        return whole;
    }

    private sealed record Lead(WarningAction? Action, string? Phone);

    private static Lead? Paragraph(string text, bool isWarning, bool hasItems, Lead? lead, List<WarningSign> to, out bool said)
    {
        said = true;
        var lines = text.Split('\n');
        var next = isWarning ? lead : null;
        foreach (var part in Sentences.AreLines(lines) ? lines : Sentences.Of(text))
        {
            var words = PlainWords.Of(part);
            if (part[^1] == ':')
            {
                if (isWarning || Urges.IsWarning([.. words, "fever"]))
                    next = new Lead(Urges.Action(words) ?? (isWarning ? lead?.Action : null), Phones.In(part) ?? (isWarning ? lead?.Phone : null));
                continue;
            }

            if (Urges.IsWarning(words) || (isWarning && !hasItems && part[^1] is not '.' && LineShapes.CountWords(part) <= 15 && Phones.In(part) is null && Urges.Action(words) is null))
                Sign(part, isWarning ? next : null, to);
            else if (isWarning && Urges.Action(words) is { } action && next is not null && Phones.In(part) is { } phone && to.Count > 0 && (next.Action is null || next.Action == action))
                Number(to, phone);
            else
                said = false;
        }

        return next;
    }

    /// <summary>"Our nurse line is 555-0100." below the signs is the number of all of them that have none.</summary>
    private static void Number(List<WarningSign> to, string phone)
    {
        for (var i = 0; i < to.Count; i++)
        {
            if (to[i].Phone is null && to[i].Action is not (null or WarningAction.Call911 or WarningAction.GoToEd))
                to[i] = to[i] with { Phone = phone };
        }
    }

    private static void Row(IReadOnlyList<string> cells, TableColumns? columns, Lead? lead, List<WarningSign> to)
    {
        var action = columns?.Cell(cells, "action");
        var text = columns?.Cell(cells, "text") ?? (action is null ? string.Join(" | ", cells.Where(cell => cell.Length > 0)) : cells.FirstOrDefault(cell => cell.Length > 0 && cell != action));
        if (string.IsNullOrEmpty(text))
            return;

        var said = action is null ? null : PlainWords.Of(action);
        Sign(text, new Lead((said is null ? null : Urges.Action(said)) ?? lead?.Action, Phones.In(action ?? "") ?? lead?.Phone), to);
    }

    private static void Sign(string text, Lead? lead, List<WarningSign> to)
    {
        if (Phrases.SaysNothing(text))
            return;

        var own = Urges.Action(PlainWords.Of(text));
        to.Add(new WarningSign(text, own ?? lead?.Action, Phones.In(text) ?? (own is null || own == lead?.Action ? lead?.Phone : null)));
    }
}
