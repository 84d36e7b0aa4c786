using System.Text.RegularExpressions;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>Parts that list one thing an entry: diagnoses, goals, concerns, tests that are not done yet.</summary>
internal static partial class Listings
{
    private const int MostWords = 30;
    private const string Icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
    private const string Snomed = "http://snomed.info/sct";

    public static bool Diagnoses(PrintedSection section, List<SummaryDiagnosis> to) =>
        Each(section, unit => to.Add(new SummaryDiagnosis(unit.Text.TrimEnd('.'), Code(unit.Text))));

    public static bool Goals(PrintedSection section, bool dayFirst, List<SummaryGoal> to) =>
        Each(section, unit => to.Add(new SummaryGoal(unit.Text, Due: By().IsMatch(unit.Text) ? PrintedDates.In(unit.Text, dayFirst) : null)));

    public static bool Concerns(PrintedSection section, List<SummaryConcern> to) => Each(section, unit => to.Add(new SummaryConcern(unit.Text)));

    public static bool PendingTests(PrintedSection section, bool dayFirst, List<PendingTest> to) =>
        Each(section, unit => to.Add(new PendingTest(
            unit.Cells is { } cells ? unit.Columns?.Cell(cells, "text") ?? unit.Text : unit.Text,
            PrintedDates.In(unit.Cells is { } row ? unit.Columns?.Cell(row, "date") ?? unit.Text : unit.Text, dayFirst))));

    /// <summary>Of other parts: "Your culture result is pending."</summary>
    public static void Pending(PrintedSection section, bool dayFirst, List<PendingTest> to)
    {
        foreach (var unit in Units.Of(section))
        {
            var words = PlainWords.Of(unit.Text);
            if (words.Length is > 2 and <= 25 && words[0] is not "no" && Phrases.Any(Phrases.Pending, words))
                to.Add(new PendingTest(unit.Text, PrintedDates.In(unit.Text, dayFirst)));
        }
    }

    private static bool Each(PrintedSection section, Action<Units.Unit> add)
    {
        // Sentences beside a list are about it, and no entries of it.
        var isList = section.Blocks.Any(block => block.Kind is BlockKind.Item or BlockKind.Row);
        var whole = true;
        foreach (var unit in Units.Of(section))
        {
            if (isList && !unit.IsListed)
                whole = false;
            else if (!unit.IsListed && !IsName(unit.Text))
                whole = false;
            else if (unit.Text[^1] != ':' && !Phrases.SaysNothing(unit.Text))
                add(unit);
        }

        return whole;
    }

    /// <summary>A thing that is named, and no account of it.</summary>
    private static bool IsName(string sentence) => PlainWords.Of(sentence) is { Length: <= MostWords } words && !Array.Exists(words, Phrases.Account.Contains);

    private static DocumentCode? Code(string text)
    {
        if (IcdCode().Match(text) is { Success: true } icd)
            return new DocumentCode(Icd10, icd.Groups["code"].Value, null);
        return SnomedCode().Match(text) is { Success: true } snomed ? new DocumentCode(Snomed, snomed.Groups["code"].Value, null) : null;
    }

    [GeneratedRegex(@"[(\[](?:ICD-?10(?:-CM)?[ :]*)?(?<code>[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})[)\]]|ICD-?10(?:-CM)?[ :]*(?<code>[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex IcdCode();

    [GeneratedRegex(@"(?:SCT|SNOMED(?:[ -]?CT)?)[ :]*(?<code>\d{6,18})\b", RegexOptions.CultureInvariant)]
    private static partial Regex SnomedCode();

    [GeneratedRegex(@"\b(?:by|until|before|due|target|para el|antes del?|hasta)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex By();
}
