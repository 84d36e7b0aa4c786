using System.Text;
using System.Text.RegularExpressions;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>Medicines as a page lists them: what, how to take it, and what became of it where the page says so.</summary>
internal static partial class Medicines
{
    private const int MostWords = 25;

    /// <summary>What is longer is no entry of a list; looking for directions in it takes time with the square of its length.</summary>
    private const int LongestEntry = 2_000;

    /// <summary>Of a part that lists them. Returns whether its whole text became medicines.</summary>
    public static bool Listed(PrintedSection section, List<SummaryMedication> to)
    {
        var change = section.Kind?.Change;
        var whole = true;
        TableColumns? columns = null;
        SummaryMedication? open = null;
        var directions = new StringBuilder();
        foreach (var block in section.Blocks)
        {
            switch (block.Kind)
            {
                case BlockKind.Row when block.IsHeaderRow:
                    columns = new TableColumns(block.Cells!);
                    break;
                case BlockKind.Row:
                    Close();
                    whole &= Row(block.Cells!, columns, change, to);
                    break;
                case BlockKind.Item when block.Text.Length > LongestEntry:
                    Close();
                    whole = false;
                    break;
                case BlockKind.Item when open is not null && (block.Level > 0 || IsDirection(block.Text)) && IsDirection(block.Text):
                    Direct(block.Text);
                    break;
                case BlockKind.Item:
                    Close();
                    if (!Phrases.SaysNothing(block.Text))
                        open = Of(block.Text, change);
                    break;
                default:
                    whole &= Paragraph(block.Text);
                    break;
            }
        }

        Close();
        return whole;

        void Close()
        {
            if (open is not null)
                to.Add(directions.Length > 0 ? More(open, directions.ToString()) : open);
            open = null;
            directions.Clear();
        }

        void Direct(string text) => directions.Append(directions.Length > 0 ? "\n" : "").Append(text);

        bool Paragraph(string text)
        {
            var all = true;
            var lines = text.Split('\n');
            foreach (var part in Sentences.AreLines(lines) || (lines[0].Length < 60 && IsDirection(lines[^1])) ? lines : Sentences.Of(text))
            {
                if (part.Length > LongestEntry)
                {
                    Close();
                    all = false;
                }
                else if (part[^1] == ':')
                {
                    Close();
                    change = HeadingWords.Within(part)?.Change ?? change;
                }
                else if (open is not null && IsDirection(part))
                    Direct(part);
                else if (Phrases.SaysNothing(part))
                    Close();
                else if (IsMedicine(part))
                {
                    Close();
                    open = Of(part, change);
                }
                else if (NamesOnly(part) is { } names)
                {
                    Close();
                    foreach (var name in names)
                        to.Add(new SummaryMedication(name, change));
                }
                else
                    all = false;
            }

            return all;
        }
    }

    /// <summary>Of other parts: "Stop taking ibuprofen."</summary>
    public static void Said(PrintedSection section, List<SummaryMedication> to)
    {
        foreach (var unit in Units.Of(section))
        {
            var words = PlainWords.Of(unit.Text);
            foreach (var (change, patterns) in Phrases.Sentences)
            {
                if (Array.Exists(patterns, pattern => pattern.IsAtStartOf(words)) && words.Length is > 2 and <= MostWords)
                    to.Add(new SummaryMedication(unit.Text, change));
            }
        }
    }

    private static bool Row(IReadOnlyList<string> cells, TableColumns? columns, MedicationChange? change, List<SummaryMedication> to)
    {
        var name = columns?.Cell(cells, "medicine") ?? cells.FirstOrDefault(cell => cell.Length > 0);
        if (name is null || Phrases.SaysNothing(name))
            return true;
        if (name.Length > LongestEntry)
            return false;

        var said = columns?.Cell(cells, "change");
        var rest = cells.Where(cell => cell.Length > 0 && cell != name && cell != said).ToList();
        var found = Of(name, change);
        to.Add(found with
        {
            Change = (said is null ? null : Mark(PlainWords.Of(said))) ?? found.Change,
            Instructions = rest.Count > 0 ? string.Join("; ", found.Instructions is null ? rest : [found.Instructions, .. rest]) : found.Instructions,
        });
        return true;
    }

    /// <summary>One entry: its mark (<c>NEW</c>, <c>(stopped)</c>, <c>Continue</c>), its name, its directions.</summary>
    private static SummaryMedication Of(string text, MedicationChange? change)
    {
        var (own, rest) = TakeMark(text);
        if (own is null && Phrases.Any(Phrases.ChangedInside, PlainWords.Of(rest)))
            own = MedicationChange.Changed;
        var verb = Directions().Match(rest);
        if (!verb.Success || verb.Index == 0)
            return new SummaryMedication(rest.TrimEnd('.'), own ?? change);

        return new SummaryMedication(rest[..verb.Index].TrimEnd(' ', ',', ';', ':', '-', '–', '—', '.', '('), own ?? change, rest[verb.Groups["how"].Index..].Trim());
    }

    private static SummaryMedication More(SummaryMedication medication, string text) =>
        medication with { Instructions = medication.Instructions is null ? text : $"{medication.Instructions}\n{text}" };

    private static (MedicationChange? Change, string Text) TakeMark(string text)
    {
        if (InBrackets().Match(text) is { Success: true } brackets && Mark(PlainWords.Of(brackets.Groups["mark"].Value)) is { } said)
            return (said, text.Remove(brackets.Index, brackets.Length).Trim(' ', '-', ':', ',').Replace("  ", " ", StringComparison.Ordinal));

        var lead = Lead().Match(text);
        if (!lead.Success || Mark(PlainWords.Of(lead.Groups["mark"].Value)) is not { } first)
            return (null, text);

        return (first, text[lead.Length..]);
    }

    private static MedicationChange? Mark(string[] words)
    {
        foreach (var (change, patterns) in Phrases.Marks)
        {
            if (Array.Exists(patterns, pattern => pattern.IsAtStartOf(words)))
                return change;
        }

        return null;
    }

    private static bool IsDirection(string text)
    {
        var words = PlainWords.Of(text);
        return char.IsLower(text[0]) || Array.Exists(Phrases.Directions, pattern => pattern.IsAtStartOf(words));
    }

    private static bool IsMedicine(string text)
    {
        var words = PlainWords.Of(text);
        if (words.Length is 0 or > MostWords)
            return false;
        if (Dose().IsMatch(text))
            return true;

        return !Array.Exists(words, Phrases.NoMedicine.Contains) && (words.Length <= 5 ? !text.Contains(',', StringComparison.Ordinal) : Array.Exists(words, Phrases.Often.Contains));
    }

    /// <summary>"Provigil, Accutane and Rozerem."</summary>
    private static string[]? NamesOnly(string text)
    {
        var names = Between().Split(text.TrimEnd('.', ' ')).Select(name => name.Trim()).Where(name => name.Length > 0).ToArray();
        return names.Length > 1 && Array.TrueForAll(names, name => LineShapes.CountWords(name) <= 3 && char.IsUpper(name[0]) && !Array.Exists(PlainWords.Of(name), Phrases.NoMedicine.Contains)) ? names : null;
    }

    [GeneratedRegex(@"[(\[*](?<mark>[\p{L} ]{3,20})[)\]*]", RegexOptions.CultureInvariant)]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"^\W*(?<mark>(?:dose )?\p{L}+(?: a| de| taking| tomar| tomando)?)(?:\s*[:\-–—]\s*|\s+(?:taking|tomar|tomando)\s*:?\s*|\s+)(?=\S)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Lead();

    [GeneratedRegex(@"[\s,:;.\-–—(]*\b(?<how>(?:take|takes|inject|apply|inhale|chew|dissolve|instill|swallow|tome|tomar|aplique|inyecte|mastique|disuelva)\b)|[,:;.\-–—(]\s*(?<how>(?:use|place|give|put|spray|ponga)\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Directions();

    [GeneratedRegex(@"\d\s?(?:mg|mcg|µg|g|gm|ml|cc|units?|unidades|iu|meq|mmol|%|puffs?|tabs?|tablets?|caps?|capsules?|drops?|gotas|patch(?:es)?|tabletas?|c[aá]psulas?|sprays?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Dose();

    [GeneratedRegex(@",\s*(?:and\s+|y\s+)?|\s+and\s+|\s+y\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
