using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>What a clinician did to goals and plans: ours against what we last saw of them in the chart, others by their dates.</summary>
internal static class PlanChanges
{
    public static IEnumerable<Change> Of(IReadOnlyList<Goal> goals, IReadOnlyList<CarePlan> plans, IReadOnlyList<LongLivedRow> own, string ours, DateTimeOffset since)
    {
        foreach (var goal in goals.Where(one => one.LifecycleStatus is not Goal.GoalLifecycleStatus.EnteredInError && Said.Text(one.Description) is not null))
        {
            var before = SeenOf<Goal>(own, goal);
            if (before is not null)
            {
                foreach (var change in Of(goal, before))
                    yield return change;
            }
            else if (!goal.Identifier.Any(one => one.System == ours) && Said.IsAfter(Said.Date(goal.Start), since))
                yield return Change("goal-added", goal, Said.Text(goal.Description)!, null, goal.LifecycleStatus?.GetLiteral(), Said.Date(goal.Start), true) with { By = Said.Clean(goal.ExpressedBy?.Display) };
            else if (!goal.Identifier.Any(one => one.System == ours) && Said.IsAfter(goal.StatusDate, since))
                yield return Change("goal-changed", goal, Said.Text(goal.Description)!, null, Said.Code(goal.AchievementStatus) ?? goal.LifecycleStatus?.GetLiteral(), goal.StatusDate, true);
        }

        foreach (var plan in plans.Where(one => one.Status is not RequestStatus.EnteredInError))
        {
            if (SeenOf<CarePlan>(own, plan) is { } before)
            {
                foreach (var change in Of(plan, before))
                    yield return change;
            }
            else if (!plan.Identifier.Any(one => one.System == ours) && Said.IsAfter(plan.Created ?? plan.Period?.Start, since))
                yield return Change("plan-changed", plan, TitleOf(plan), null, plan.Status?.GetLiteral(), plan.Created ?? plan.Period?.Start, true) with { By = Said.Clean(plan.Author?.Display) };
        }
    }

    private static IEnumerable<Change> Of(Goal now, Goal before)
    {
        var text = Said.Text(now.Description)!;
        if (Said.Text(before.Description) is { } was && was != text)
            yield return Change("goal-changed", now, text, was, null, null, false);
        if (now.LifecycleStatus != before.LifecycleStatus)
            yield return Change("goal-changed", now, text, before.LifecycleStatus?.GetLiteral(), now.LifecycleStatus?.GetLiteral(), now.StatusDate, now.StatusDate is not null);
        else if (Said.Code(now.AchievementStatus) is { } achieved && achieved != Said.Code(before.AchievementStatus))
            yield return Change("goal-changed", now, text, Said.Code(before.AchievementStatus), achieved, now.StatusDate, now.StatusDate is not null);
        if (Due(now) is { } due && due != Due(before))
            yield return Change("goal-changed", now, text, Due(before), due, null, false);
    }

    private static IEnumerable<Change> Of(CarePlan now, CarePlan before)
    {
        if (now.Status != before.Status)
            yield return Change("plan-changed", now, TitleOf(now), before.Status?.GetLiteral(), now.Status?.GetLiteral(), null, false);
        var earlier = before.Activity.Select(Step).Where(step => step.Text is not null).GroupBy(step => step.Text!).ToDictionary(same => same.Key, same => same.First().Status);
        foreach (var (text, status) in now.Activity.Select(Step).Where(step => step.Text is not null))
        {
            if (!earlier.Remove(text!, out var was))
                yield return Change("plan-changed", now, text!, null, status ?? "added", null, false);
            else if (was != status && status is not null)
                yield return Change("plan-changed", now, text!, was, status, null, false);
        }
        foreach (var (text, status) in earlier)
            yield return Change("plan-changed", now, text, status, "removed", null, false);
    }

    private static (string? Text, string? Status) Step(CarePlan.ActivityComponent activity) => (Said.Clean(activity.Detail?.Description) ?? Said.Text(activity.Detail?.Code), activity.Detail?.Status?.GetLiteral());

    private static string? Due(Goal goal) => goal.Target.Select(target => Said.Date(target.Due)).FirstOrDefault(due => due is not null);

    private static string TitleOf(CarePlan plan) => Said.Clean(plan.Title) ?? plan.Category.Select(Said.Text).FirstOrDefault(text => text is not null) ?? "";

    private static Change Change(string kind, Resource resource, string text, string? before, string? now, string? date, bool exact)
    {
        var touched = Said.Stamp(resource.Meta?.LastUpdated);
        return new Change(kind, text, null, before, now, null, date ?? touched, exact, Said.Chart(resource, date ?? touched));
    }

    private static T? SeenOf<T>(IReadOnlyList<LongLivedRow> own, T now) where T : Resource =>
        own.FirstOrDefault(row => row.Reference == $"{now.TypeName}/{now.Id}" && row.Seen is not null) is { Seen: { } seen } ? FhirJson.Read<T>(seen.Span).Resource : null;
}
