using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>What the parts of a page say that becomes data; the parts themselves keep every word.</summary>
internal sealed class PrintedFindings
{
    /// <summary>No page to take home is longer; of what is, the words are kept and not searched.</summary>
    private const int MostBlocks = 20_000;

    public List<SummaryDiagnosis> Diagnoses { get; } = [];
    public List<SummaryMedication> Medications { get; } = [];
    public List<SummaryInstruction> Instructions { get; } = [];
    public List<WarningSign> WarningSigns { get; } = [];
    public List<SummaryFollowUp> FollowUps { get; } = [];
    public List<PendingTest> PendingTests { get; } = [];
    public List<SummaryGoal> Goals { get; } = [];
    public List<SummaryConcern> Concerns { get; } = [];
    public string? Reason { get; private set; }

    /// <summary>Whether the headings that were known are Spanish ones.</summary>
    public bool IsSpanish { get; private init; }

    /// <summary>The parts (by index) of which something is text only.</summary>
    public List<int> KeptInText { get; } = [];

    public static PrintedFindings In(IReadOnlyList<PrintedSection> sections)
    {
        if (sections.Sum(section => section.Blocks.Count) > MostBlocks)
            return new PrintedFindings { KeptInText = { 0 } };

        var known = sections.Where(section => section.Title is not null && section.Kind is not null).ToList();
        var found = new PrintedFindings { IsSpanish = known.Count > 0 && known.Count(section => section.Kind!.Spanish) * 2 > known.Count };
        for (var i = 0; i < sections.Count; i++)
        {
            if (!sections[i].IsEmpty && !found.Take(sections[i]))
                found.KeptInText.Add(i);
        }

        return found;
    }

    /// <summary>Whether all that the part says became data.</summary>
    private bool Take(PrintedSection section)
    {
        switch (section.Kind?.Becomes)
        {
            case SectionBecomes.Medicine:
                return Medicines.Listed(section, Medications);
            case SectionBecomes.Diagnosis:
                return Listings.Diagnoses(section, Diagnoses);
            case SectionBecomes.Goal:
                return Listings.Goals(section, IsSpanish, Goals);
            case SectionBecomes.Concern:
                return Listings.Concerns(section, Concerns);
            case SectionBecomes.PendingTest:
                return Listings.PendingTests(section, IsSpanish, PendingTests);
            case SectionBecomes.Reason:
                Reason ??= section.Text;
                return Reason == section.Text;
            case SectionBecomes.Warning:
                return Printed.WarningSigns.Find(section, WarningSigns);
            case SectionBecomes.FollowUp:
                Printed.WarningSigns.Find(section, WarningSigns);
                return Printed.FollowUps.Listed(section, IsSpanish, FollowUps);
            case SectionBecomes.Instruction:
                Instructions.Add(new SummaryInstruction(section.Title, section.Text));
                Scan(section);
                return true;
            case SectionBecomes.Text when !Array.Exists(PlainWords.Of(section.Title), word => word is "plan" or "disposition"):
                return false;
            default:
                Scan(section);
                return false;
        }
    }

    private void Scan(PrintedSection section)
    {
        Printed.WarningSigns.Find(section, WarningSigns);
        Printed.FollowUps.Said(section, IsSpanish, FollowUps);
        Medicines.Said(section, Medications);
        Listings.Pending(section, IsSpanish, PendingTests);
    }
}
