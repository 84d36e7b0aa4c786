using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Who covers for whom at a moment. Pure.</summary>
public static class CoverRule
{
    /// <summary>
    /// For whom somebody covers now. Who covers and is away in turn hands on to their own cover, so that nothing lies with two who are both away; where that
    /// leads in a circle nobody is made to read anything by it.
    /// </summary>
    public static IReadOnlyList<Covering> Of(TeamCaller caller, IReadOnlyList<AwayRow> away, DateTimeOffset now)
    {
        var present = away.Where(one => one.From <= now && now < one.Until).ToList();
        List<Covering> covers = [];
        var reached = new HashSet<string>(StringComparer.Ordinal) { caller.Self };
        var asked = new System.Collections.Generic.Queue<string>([caller.Self]);
        while (asked.TryDequeue(out var cover))
        {
            foreach (var one in present.Where(one => TeamCaller.Canonical(one.Cover) == cover))
            {
                var who = TeamCaller.Canonical(one.Who);
                if (!reached.Add(who))
                    continue;
                asked.Enqueue(who);
                IReadOnlyList<string> shared = [.. one.Roles.Intersect(caller.Roles)];
                covers.Add(new Covering(who, new TeamCaller(who, one.Roles).Answers, shared.Count == 0 ? [] : new TeamCaller(who, shared).Answers));
            }
        }
        return covers;
    }

    /// <summary>Who covers for somebody now, in the end; null while they are here, or nobody does.</summary>
    public static string? CoverOf(string who, IReadOnlyList<AwayRow> away, DateTimeOffset now)
    {
        var here = TeamCaller.Canonical(who);
        var reached = new HashSet<string>(StringComparer.Ordinal) { here };
        while (away.FirstOrDefault(one => TeamCaller.Canonical(one.Who) == here && one.From <= now && now < one.Until) is { } gone)
        {
            here = TeamCaller.Canonical(gone.Cover);
            if (!reached.Add(here))
                return null;
        }
        return reached.Count == 1 ? null : here;
    }
}
