using ChwFhir.DeliveryTrial.Ehrs;
using ChwFhir.DeliveryTrial.Notes;
using ChwFhir.DeliveryTrial.Service;

namespace ChwFhir.DeliveryTrial.Counting;

/// <summary>Compares what was accepted with what the EHR shows.</summary>
internal sealed class ChartCount(
    ITrialEhr ehr, IReadOnlyCollection<TrialNote> sent, IReadOnlyDictionary<string, TrialNote> accepted, IReadOnlyList<Waiting> waiting, IReadOnlyList<Waiting> unfinished, IReadOnlyList<Filed> filed)
{
    private readonly Dictionary<string, List<Filed>> chart = filed.Where(each => each.Key is not null).GroupBy(each => each.Key!).ToDictionary(group => group.Key, group => group.ToList());
    private readonly HashSet<string> waits = [.. waiting.Concat(unfinished).Select(note => note.NoteId)];

    public Counted Count(IEnumerable<Violation> others)
    {
        List<Violation> violations = [.. others, .. Strange()];
        var once = 0;
        foreach (var note in accepted.Values.OrderBy(note => note.Patient, StringComparer.Ordinal).ThenBy(note => note.Visit))
        {
            var missing = ehr.Expected(note).Where(key => !chart.ContainsKey(key)).ToList();
            var twice = ehr.Expected(note).Where(key => chart.GetValueOrDefault(key)?.Count > 1).ToList();
            if (missing.Count + twice.Count == 0)
                once++;
            if (twice.Count > 0)
                violations.Add(new Violation("doubled", note.Id, string.Join("; ", twice.Select(key => $"{key} at {string.Join(", ", chart[key].Select(each => each.Reference))}"))));
            if (missing.Count > 0 && !waits.Contains(note.Id))
                violations.Add(new Violation("lost", note.Id, $"not in the chart: {string.Join(", ", missing)}"));
        }
        violations.AddRange(waiting.Select(note => new Violation("waiting", note.NoteId, $"{string.Join(", ", note.Issues.Distinct())}{(note.Unknown.Count == 0 ? "" : $"; unknown: {string.Join(", ", note.Unknown)}")}")));
        violations.AddRange(unfinished.Select(note => new Violation("unfinished", note.NoteId, "still under way when the time was over")));
        return new Counted(once, Of("lost"), Of("doubled"), waiting.Count, waiting.Count(note => note.Unknown.Count > 0), Of("order"), violations);

        int Of(string what) => violations.Count(violation => violation.What == what);
    }

    // What stands there and nobody has sent is as bad as a note twice.
    private IEnumerable<Violation> Strange()
    {
        var known = sent.SelectMany(ehr.Expected).ToHashSet(StringComparer.Ordinal);
        return filed.Where(each => each.Key is null || !known.Contains(each.Key)).Select(each => new Violation("strange", null, $"{each.Reference}: {each.Key ?? "nothing says whose it is"}"));
    }
}
