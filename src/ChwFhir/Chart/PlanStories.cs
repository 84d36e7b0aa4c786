using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>Needs, goals and referrals as the visits tell them, one after the other. Pure: what is held is in no <see cref="ToldVisit"/>.</summary>
public static class PlanStories
{
    /// <summary>Open ones by the order that the patient gave them, then those that are over.</summary>
    public static IReadOnlyList<NeedStory> Needs(IReadOnlyList<ToldVisit> visits) =>
    [
        .. Over(visits, visit => visit.Said.Concerns, ConcernMapping.Key, (before, now) => now.After(before))
            .Select(one => new NeedStory(
                one.Key, one.Said[^1].Item, one.Said[^1].Visit.Said.Language, [.. one.Said.Select(said => new NeedPoint(said.Visit.At, said.Visit.Stored.Id, said.Item.Status))], Reference(one.Said, one.Key)))
            .OrderBy(need => need.IsOpen ? 0 : 1).ThenBy(need => need.Last.Priority ?? int.MaxValue).ThenByDescending(need => need.Points[^1].At),
    ];

    public static IReadOnlyList<GoalStory> Goals(IReadOnlyList<ToldVisit> visits) =>
    [
        .. Over(visits, visit => visit.Said.Goals, goal => $"goal/{(goal.Id is { } id ? Folding.KeyPart(id) : Folding.Hash(goal.Text))}", (before, now) => now.After(before) with { Steps = now.Steps }).Select(Goal)
            .OrderBy(goal => goal.IsOpen ? 0 : 1).ThenBy(goal => goal.Last.Priority ?? int.MaxValue).ThenByDescending(goal => goal.Points[^1].At),
    ];

    public static IReadOnlyList<ReferralStory> Referrals(IReadOnlyList<ToldVisit> visits) =>
    [
        .. Over(visits, visit => visit.Said.Referrals, referral => $"referral/{(referral.Id is { } id ? Folding.KeyPart(id) : Folding.Hash($"{referral.Service} {referral.Organization?.Name}"))}", (before, now) => now.After(before))
            .Select(one => new ReferralStory(
                one.Key, one.Said[^1].Item, one.Said[^1].Visit.Said.Language, [.. one.Said.Select(said => new ReferralPoint(said.Visit.At, said.Visit.Stored.Id, said.Item.Status, Said.Clean(said.Item.Text)))],
                Reference(one.Said, one.Key), Reference(one.Said, one.Key + "/task")))
            .OrderBy(referral => referral.IsOpen ? 0 : 1).ThenByDescending(referral => referral.Points[^1].At),
    ];

    private static GoalStory Goal((string Key, List<(ToldVisit Visit, NoteGoal Item)> Said) one)
    {
        Dictionary<string, StepStory> steps = new(StringComparer.Ordinal);
        List<string> order = [];
        List<GoalPoint> points = [];
        foreach (var (visit, goal) in one.Said)
        {
            foreach (var step in goal.Steps)
            {
                var key = step.Name;
                if (!steps.ContainsKey(key))
                    order.Add(key);
                steps[key] = new StepStory(step.After(steps.GetValueOrDefault(key)?.Last), ScopeOfPractice.InChart(step.Text), visit.At);
            }
            points.Add(new GoalPoint(visit.At, visit.Stored.Id, goal.Status, goal.Achievement, steps.Values.Count(step => step.Last.Status == StepStatus.Completed), steps.Values.Count(step => step.Last.Status is not (StepStatus.Cancelled or StepStatus.EnteredInError))));
        }
        return new GoalStory(one.Key, one.Said[^1].Item, one.Said[^1].Visit.Said.Language, [.. order.Select(key => steps[key])], points, Reference(one.Said, one.Key));
    }

    // Oldest first within each, what one leaves out as it was said before; a visit that was only planned says nothing of them.
    private static IEnumerable<(string Key, List<(ToldVisit Visit, T Item)> Said)> Over<T>(IReadOnlyList<ToldVisit> visits, Func<ToldVisit, IReadOnlyList<T>> items, Func<T, string> key, Func<T?, T, T> after) where T : class =>
        visits.Where(visit => visit.IsNote).OrderBy(visit => visit.At).ThenBy(visit => visit.Stored.Number)
            .SelectMany(visit => items(visit).DistinctBy(key).Select(item => (Visit: visit, Item: item)))
            .GroupBy(one => key(one.Item), StringComparer.Ordinal).Select(group => (group.Key, Carried(group, after)));

    private static List<(ToldVisit Visit, T Item)> Carried<T>(IEnumerable<(ToldVisit Visit, T Item)> said, Func<T?, T, T> after) where T : class
    {
        List<(ToldVisit Visit, T Item)> carried = [];
        foreach (var (visit, item) in said)
            carried.Add((visit, after(carried.Count == 0 ? null : carried[^1].Item, item)));
        return carried;
    }

    private static string? Reference<T>(List<(ToldVisit Visit, T Item)> said, string key) => Enumerable.Reverse(said).Select(one => one.Visit.ReferenceOf(key)).FirstOrDefault(reference => reference is not null);
}
