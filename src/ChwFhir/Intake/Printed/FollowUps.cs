using System.Text.RegularExpressions;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>Appointments and what is to be arranged: with whom, on which day, under which number.</summary>
internal static partial class FollowUps
{
    /// <summary>Of a part that lists them. Returns whether its whole text became follow-ups.</summary>
    public static bool Listed(PrintedSection section, bool dayFirst, List<SummaryFollowUp> to)
    {
        var whole = true;
        TableColumns? columns = null;
        foreach (var block in section.Blocks)
        {
            switch (block.Kind)
            {
                case BlockKind.Row when block.IsHeaderRow:
                    columns = new TableColumns(block.Cells!);
                    break;
                case BlockKind.Row:
                    whole &= Row(block.Cells!, columns, dayFirst, to);
                    break;
                case BlockKind.Item:
                    whole &= Add(block.Text, dayFirst, true, to);
                    break;
                default:
                    whole &= Paragraph(block.Text, dayFirst, to);
                    break;
            }
        }

        return whole;
    }

    /// <summary>Of other parts: sentences that tell the reader to come back or to see somebody.</summary>
    public static void Said(PrintedSection section, bool dayFirst, List<SummaryFollowUp> to)
    {
        foreach (var unit in Units.Of(section))
        {
            var words = PlainWords.Of(unit.Text);
            if (IsFollowUp(words))
                to.Add(Of(unit.Text, dayFirst));
        }
    }

    private static bool IsFollowUp(string[] words) => Phrases.Any(Phrases.FollowUp, words) && !Phrases.Any(Phrases.Past, words);

    private static bool Paragraph(string text, bool dayFirst, List<SummaryFollowUp> to)
    {
        var lines = text.Split('\n');
        if (!Sentences.AreLines(lines))
        {
            var whole = true;
            foreach (var sentence in Sentences.Of(text))
                whole &= Add(sentence, dayFirst, false, to);
            return whole;
        }

        var group = new List<string>();
        var dated = false;
        foreach (var line in lines)
        {
            var hasDate = PrintedDates.In(line, dayFirst) is not null || (DayOfWeek().IsMatch(line) && Clock().IsMatch(line));
            if (hasDate && dated)
            {
                to.Add(Of(string.Join("; ", group), dayFirst));
                group.Clear();
            }

            dated |= hasDate;
            group.Add(line);
        }

        return Add(string.Join("; ", group), dayFirst, true, to);
    }

    private static bool Row(IReadOnlyList<string> cells, TableColumns? columns, bool dayFirst, List<SummaryFollowUp> to)
    {
        var text = string.Join(" | ", cells.Where(cell => cell.Length > 0));
        if (columns is null)
            return Add(text, dayFirst, true, to);

        to.Add(new SummaryFollowUp(text, columns.Cell(cells, "with") ?? With(text), PrintedDates.In(columns.Cell(cells, "date") ?? text, dayFirst), Phones.In(columns.Cell(cells, "phone") ?? text)));
        return true;
    }

    /// <summary>Listed under "appointments" it is one when it says when or with whom; else the text keeps it.</summary>
    private static bool Add(string text, bool dayFirst, bool listed, List<SummaryFollowUp> to)
    {
        if (Phrases.SaysNothing(text))
            return true;

        var found = Of(text, dayFirst);
        if (!IsFollowUp(PlainWords.Of(text)) && !(listed && (PrintedDates.AreIn(text) || found.With is not null || Interval().IsMatch(text))))
            return false;

        to.Add(found);
        return true;
    }

    private static SummaryFollowUp Of(string text, bool dayFirst) => new(text, With(text), PrintedDates.In(text, dayFirst), Phones.In(text));

    private static string? With(string text) =>
        Who().Match(text) is { Success: true } who ? who.Groups["who"].Value.Trim()
        : Clinician().Match(text) is { Success: true } clinician ? clinician.Value.Trim()
        : null;

    [GeneratedRegex(@"\b(?:with|see|con)\s+(?<who>(?:(?:la |el |your |su )?(?:Dr|Dra|Mr|Mrs|Ms|Sr|Sra)\.\s*)?[^,.;:()|\n]{1,60}?(?:,\s*(?:MD|DO|NP|CNP|FNP|APRN|PA(?:-C)?|RN|PhD|LCSW|MSW|DPM)\b)?)(?=\s+(?:in|on|at|for|within|by|to|as|if|about|this|next|el|en|para|a|dentro|sobre)\b|\s+\d|[,.;:()|\n]|\s*$|\s+[-–—]\s)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Who();

    [GeneratedRegex(@"\b(?:Dr|Dra)\.?\s+\p{Lu}[\p{L}'-]*(?:\s+\p{Lu}[\p{L}'-]+)?|(?<![\p{L}'-])\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}.'-]*){1,2},\s*(?:MD|DO|NP|CNP|FNP|APRN|PA(?:-C)?|RN|PhD|LCSW|MSW|DPM)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Clinician();

    [GeneratedRegex(@"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DayOfWeek();

    [GeneratedRegex(@"\d{1,2}:\d{2}|\d\s?[ap]\.?m\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?:in|within|en|dentro de)\s+(?:about\s+|approximately\s+)?(?:\d{1,3}|one|two|three|four|five|six|a|una?|dos|tres|cuatro|seis)(?:\s?(?:-|to|or|a|o)\s?\d{1,3})?\s+(?:day|week|month|year|d[ií]a|semana|mes|año)s?(?:es)?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Interval();
}
