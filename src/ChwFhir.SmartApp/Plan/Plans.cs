using ChwFhir.Fhir.Model;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Plan;

/// <summary>What a goal and a plan of the chart say in words.</summary>
internal static class Plans
{
    public static IEnumerable<string> Facts(Goal goal, DateTimeOffset now, Wording words)
    {
        if (goal.LifecycleStatus is { } status)
            yield return words.Of("goal-status", status.GetLiteral());
        if (goal.AchievementStatus is { } achieved && (achieved.Coding.FirstOrDefault()?.Code ?? achieved.Text) is { } code)
            yield return words.Of("achievement", code);
        if (goal.Target.Select(target => (target.Due as Date)?.Value).FirstOrDefault(due => due is not null) is { } due)
            yield return words.Say("goal.due", When.Of(due, now, words));
        else if (goal.Start is Date { Value: { } start })
            yield return words.Say("goal.since", When.Of(start, now, words));
        if (goal.ExpressedBy?.Reference?.Contains("Patient/", StringComparison.Ordinal) == true)
            yield return words["goal.words"];
    }

    /// <summary>Each step with its FHIR status; one that another resource tells has no words here.</summary>
    public static IEnumerable<(string Text, string? Status)> Steps(CarePlan plan, Wording words) =>
        from activity in plan.Activity
        let text = activity.Detail?.Description ?? activity.Detail?.Code?.Text ?? activity.Detail?.Code?.Coding.FirstOrDefault()?.Display ?? Referred(activity.Reference, words)
        where !string.IsNullOrWhiteSpace(text)
        select (text, activity.Detail?.Status?.GetLiteral());

    private static string? Referred(ResourceReference? to, Wording words) => to switch
    {
        null or { Display: null } => null,
        { Reference: { } reference } when reference.Contains("ServiceRequest/", StringComparison.Ordinal) => $"{words["type.ServiceRequest"]}: {to.Display}",
        _ => to.Display,
    };
}
