using ChwFhir.Intake.Ccda.Entries;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>Which visit the summary is of: the header's; without one, the only encounter of the document's day. Encounters of other days are history.</summary>
internal static class Visit
{
    public static SummaryEncounter? Of(SummaryEncounter? encompassing, Facts facts, Times times, Issues issues, string? reason)
    {
        var visit = encompassing;
        var ofDay = 0;
        foreach (var (encounter, diagnoses, pointer) in facts.Encounters)
        {
            var isVisit = encompassing is null ? IsOfDay(encounter, times.Document) : IsSame(encounter, encompassing);
            if (!isVisit)
            {
                issues.KeptInText(pointer, "This encounter is not the visit that the summary is of: it is kept in the text only.");
                continue;
            }
            foreach (var diagnosis in diagnoses)
                facts.Add(diagnosis);
            if (encompassing is null)
                visit = ++ofDay == 1 ? encounter : null;
            else
                visit = Filled(visit!, encounter);
        }
        return visit is null ? null : visit with { Reason = visit.Reason ?? reason };
    }

    private static bool IsSame(SummaryEncounter encounter, SummaryEncounter visit)
    {
        foreach (var identifier in encounter.Identifiers)
        {
            if (visit.Identifiers.Contains(identifier))
                return true;
        }
        return IsOfDay(encounter, visit.Start);
    }

    private static bool IsOfDay(SummaryEncounter encounter, string? time) => encounter.Start is { Length: >= 10 } start && time is { Length: >= 10 } && start.AsSpan(0, 10).SequenceEqual(time.AsSpan(0, 10));

    private static SummaryEncounter Filled(SummaryEncounter visit, SummaryEncounter entry) => visit with
    {
        Start = visit.Start ?? entry.Start,
        End = visit.End ?? entry.End,
        Type = visit.Type ?? entry.Type,
        Codes = visit.Codes.Count > 0 ? visit.Codes : entry.Codes,
        Location = visit.Location ?? entry.Location,
        Provider = visit.Provider ?? entry.Provider,
    };
}
