using ChwFhir.Chart;

namespace ChwFhir.Api.Fhir;

/// <summary>Those of the matches that stand on one page.</summary>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record MatchPage(IReadOnlyList<Match> Matches, int Total, PageMark? Next)
{
    /// <summary>What a record has of the type and meets the criteria, in the order that was asked for, else the latest visit first.</summary>
    public static IReadOnlyList<Match> AllOf(IEnumerable<ShownRecord> records, FhirQuery query) => SortOrder.Sort(
        query.Sort,
        [
            .. records.SelectMany(record => record.Of(query.Type.Name).Select(entry => new Match(record, entry))).Where(match => query.Criteria.All(criterion => criterion.IsMetBy(match.Resource)))
                .OrderByDescending(match => match.Entry.When).ThenBy(match => match.Entry.Id, StringComparer.Ordinal),
        ],
        match => match.Resource);

    /// <param name="mark">Null: the first page.</param>
    public static MatchPage Of(IReadOnlyList<Match> all, FhirQuery query, PageMark? mark)
    {
        var before = mark is { After: not null } ? Before(all, mark, query.Sort.Count > 0) : 0;
        List<Match> here = [.. all.Skip(before).Take(query.Count)];
        var shown = before + here.Count;
        return new MatchPage(here, all.Count, query.Count > 0 && all.Count > shown ? new PageMark(query.Type.Name, query.Understood, here[^1].Entry.When.UtcTicks, here[^1].Entry.Id, shown) : null);
    }

    // How many of these stood on the pages before: those up to the last of them, which may itself be gone by now.
    private static int Before(IReadOnlyList<Match> matches, PageMark mark, bool isSorted)
    {
        for (var at = 0; at < matches.Count; at++)
        {
            if (matches[at].Entry.Id == mark.After)
                return at + 1;
        }
        return isSorted ? mark.Shown : matches.Count(match => IsBefore(match.Entry, mark));
    }

    private static bool IsBefore(RecordEntry entry, PageMark mark) =>
        entry.When.UtcTicks > mark.Ticks || (entry.When.UtcTicks == mark.Ticks && string.CompareOrdinal(entry.Id, mark.After) <= 0);
}
