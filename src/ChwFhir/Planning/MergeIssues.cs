using System.Globalization;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Planning;

/// <summary>What a merge has to tell the CHW.</summary>
internal static class MergeIssues
{
    public static IReadOnlyList<NoteIssue> Of(string key, MergeResult merge, KnownResource known, DateTimeOffset visitTime)
    {
        var inEhr = known.Body;
        List<NoteIssue> issues = [];
        if (merge.Older.Count > 0)
            issues.Add(Warning("older-visit", $"a newer visit has spoken of {key} ({string.Join(", ", merge.Older)}); its words stay"));
        foreach (var clash in merge.Clashes)
            issues.Add(Warning("changed-on-both-sides", $"{key}, {clash.Element}: somebody changed it in the EHR, and so does the note. The EHR's stays{(known.IsWithheld ? ", and what it says is withheld here" : $": {clash.InEhr}")}. The note says: {clash.InNote}."));
        if (merge.Reworded is { } words)
            issues.Add(new NoteIssue("information", "reworded-in-ehr", null, $"{key} was reworded in the EHR{(known.IsWithheld ? "" : $" ({words})")}; the patient's words stay, the other wording is a note on the goal"));
        if (inEhr is CarePlan { Period.End: { } end } && PartialDate.TryParse(end, out var last) && last.Latest <= visitTime
            && (merge.Merged as CarePlan)?.Period?.End is { } still && PartialDate.TryParse(still, out var stillLast) && stillLast.Latest <= visitTime)
            issues.Add(Warning("plan-past-period", $"the care plan's period ended{(known.IsWithheld ? "" : $" {still}")}, before this visit on {visitTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; the visit is added to it all the same"));
        return issues;
    }

    public static NoteIssue OutOfForce(string key, string ended) =>
        Warning("not-in-force", $"{ended}: nothing is added to it, and it is not revived; {key} of this visit stands in the note. A clinician has to say how it goes on.");

    private static NoteIssue Warning(string code, string detail) => new("warning", code, null, detail);
}
