using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What is to happen: goals with their steps, who does them and when, and referrals.</summary>
internal static class PlanPart
{
    internal static void Write(Page page)
    {
        var draft = page.Draft;

        page.Under("Action plan");
        foreach (var goal in GoalsInOrder(draft))
            page.List(Goal(goal), [.. goal.Steps.Select(Step)]);
        page.GuardWishes([.. GoalsInOrder(draft).Select(goal => goal.Text)]);
        foreach (var referral in draft.Note.Referrals)
        {
            if (!draft.Holds.Of(referral))
                page.List(Referral(draft, referral));
        }
    }

    /// <summary>The patient's own order; goals without a place in it keep the note's.</summary>
    internal static IEnumerable<NoteGoal> GoalsInOrder(Draft draft) => draft.Note.Goals.Where(goal => !draft.Holds.Of(goal)).OrderBy(goal => goal.Priority ?? int.MaxValue);

    internal static string Wording(NoteGoal goal) => goal.WordsOf switch
    {
        WordsOf.Patient or WordsOf.Caregiver => $"\"{goal.Text}\"",
        _ => goal.Text,
    };

    private static string Goal(NoteGoal goal)
    {
        var facts = Phrases.Joined(
            goal.WordsOf is { } words ? $"words of the {Phrases.Plain(Words.Of(words))}" : null,
            goal.Priority is { } priority ? $"priority {priority.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : null,
            goal.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null,
            goal.Achievement is { } achievement ? Phrases.Plain(Words.Of(achievement)) : null,
            goal.Start is { } start ? $"from {FhirTime.Readable(start)}" : null,
            goal.Due is { } due ? $"due {FhirTime.Readable(due)}" : null);

        return Phrases.With($"Goal: {Wording(goal)}", facts);
    }

    private static string Step(GoalStep step)
    {
        var facts = Phrases.Joined(PlanActivities.Who(step.Who), step.Due is { } due ? $"due {FhirTime.Readable(due)}" : null, step.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null);

        return Phrases.With(ScopeOfPractice.InChart(step.Text), facts);
    }

    private static string Referral(Draft draft, Referral referral)
    {
        var facts = Phrases.Joined(
            referral.Organization?.Name ?? referral.Organization?.Reference,
            referral.Organization?.Phone,
            referral.Reason is { } reason && !draft.Holds.IsHeldConcern(reason) ? $"for {Phrases.Plain(reason)}" : null,
            referral.Urgency == Urgency.Routine ? null : Words.Of(referral.Urgency),
            referral.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null);

        return $"{Phrases.With($"Referral: {referral.Service}", facts)}{(referral.Text is { } text ? $": {text}" : "")}";
    }
}
