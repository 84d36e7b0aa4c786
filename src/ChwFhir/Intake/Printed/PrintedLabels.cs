using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>What lines <c>label: value</c> say of the visit.</summary>
internal static class PrintedLabels
{
    private const int LongestValue = 120;

    public static SummaryEncounter? Visit(IEnumerable<PrintedSection> sections, bool dayFirst)
    {
        var visit = new SummaryEncounter();
        foreach (var line in sections.SelectMany(section => section.Blocks).SelectMany(Lines))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.Length - colon > LongestValue || HeadingWords.Label(line.AsSpan(0, colon)) is not { } label)
                continue;
            var value = line[(colon + 1)..].Trim();
            if (value.Length == 0)
                continue;

            visit = label switch
            {
                "visitDate" or "admitted" when visit.Start is null => visit with { Start = PrintedDates.In(value, dayFirst) },
                "discharged" when visit.End is null => visit with { End = PrintedDates.In(value, dayFirst) },
                "location" when visit.Location is null => visit with { Location = value },
                "provider" when visit.Provider is null => visit with { Provider = value },
                _ => visit,
            };
        }

        return visit == new SummaryEncounter() ? null : visit;
    }

    private static IEnumerable<string> Lines(Block block) => block.Kind switch
    {
        BlockKind.Row when block.Cells is [var label, var value, ..] => [$"{label.TrimEnd(':')}: {value}"],
        BlockKind.Row or BlockKind.Heading => [],
        _ => block.Text.Split('\n'),
    };
}
