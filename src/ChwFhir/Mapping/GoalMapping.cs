using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

using static Goal;

/// <summary>A goal in the words given. A clinician's later wording goes beside the patient's words and never in their place.</summary>
internal static class GoalMapping
{
    internal static void Map(Draft draft)
    {
        for (var i = 0; i < draft.Note.Goals.Count; i++)
        {
            var goal = draft.Note.Goals[i];
            var folded = Folding.Fold(goal.Text);
            var key = Key(draft, goal, folded, i);
            var mapped = draft.AddLongLived(key, Goal(draft, goal, draft.HeldBefore(key)), draft.Holds.Of(goal), folded, goal.SaidStatus is null ? ["lifecycleStatus"] : null);
            draft.Alias(Name(i), mapped);
            if (goal.Id is { } id)
                draft.Alias($"goal/{id}", mapped);
        }
    }

    /// <summary>Known to the mapping only: the goal at this place of the note.</summary>
    internal static string Name(int index) => $"goals[{index}]";

    private static string Key(Draft draft, NoteGoal goal, string folded, int index)
    {
        if (goal.Id is not { } id)
            return draft.TakeKey($"goal/{Folding.Hash(goal.Text)}");

        return goal.WordsOf == WordsOf.Clinician ? draft.TakeKey($"goal/{Folding.KeyPart(id)}") : ReusedIds.KeyApart(draft, $"goal/{Folding.KeyPart(id)}", folded, $"/goals/{index}/id", draft.Holds.Of(goal));
    }

    private static Goal Goal(Draft draft, NoteGoal given, HeldKey? before)
    {
        var goal = new Goal
        {
            Meta = Concepts.Profile("us-core-goal", OwnProfiles.Goal),
            LifecycleStatus = Status(given.Status),
            AchievementStatus = given.Achievement is { } achievement ? Concepts.Of(Systems.GoalAchievement, Words.Of(achievement)) : null,
            Priority = given.Priority is { } priority ? Concepts.Text($"{priority}") : null,
            Description = Concepts.Text(given.Text),
            Subject = draft.Patient(),
            Start = given.Start is { } start ? new Date(FhirTime.Date(start)) : null,
            ExpressedBy = ExpressedBy(draft, given.WordsOf),
        };
        if (given.Due is { } due)
            goal.Target.Add(new Goal.TargetComponent { Due = new Date(FhirTime.Date(due)) });
        foreach (var concern in given.Addresses)
        {
            if (ConcernMapping.Reference(draft, concern) is { } reference)
                goal.Addresses.Add(reference);
        }

        if (given.WordsOf == WordsOf.Clinician && before?.Text is { } words && Folding.Fold(words) != Folding.Fold(given.Text))
        {
            goal.Description = Concepts.Text(words);
            goal.Note.Add(new Annotation { Time = draft.When, Text = $"In a clinician's words: {given.Text}" });
        }

        return goal;
    }

    private static ResourceReference? ExpressedBy(Draft draft, WordsOf? wordsOf) => wordsOf switch
    {
        WordsOf.Patient => draft.Patient(),
        WordsOf.Caregiver => People.Caregiver(draft),
        WordsOf.Chw => draft.Author(),
        _ => null,
    };

    private static GoalLifecycleStatus Status(GoalStatus status) => status switch
    {
        GoalStatus.Proposed => GoalLifecycleStatus.Proposed,
        GoalStatus.Planned => GoalLifecycleStatus.Planned,
        GoalStatus.Accepted => GoalLifecycleStatus.Accepted,
        GoalStatus.OnHold => GoalLifecycleStatus.OnHold,
        GoalStatus.Completed => GoalLifecycleStatus.Completed,
        GoalStatus.Cancelled => GoalLifecycleStatus.Cancelled,
        GoalStatus.EnteredInError => GoalLifecycleStatus.EnteredInError,
        GoalStatus.Rejected => GoalLifecycleStatus.Rejected,
        _ => GoalLifecycleStatus.Active,
    };
}
