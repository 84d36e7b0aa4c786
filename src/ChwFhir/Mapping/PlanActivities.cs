using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

using static CarePlan;

/// <summary>The activities of the plan, each with the key by which a later note finds it again.</summary>
internal static class PlanActivities
{
    internal static ActivityComponent Step(Draft draft, GoalStep step, MappedResource goal, string pointer)
    {
        var key = $"{goal.Key}/{(step.Id is { } id ? Folding.KeyPart(id) : Folding.Hash(step.Text))}";
        var asksClinicians = ScopeOfPractice.IsInstruction(step.Text);
        if (asksClinicians)
            draft.Warn(ScopeOfPractice.Issue, pointer, "This reads like an instruction about a medicine. It goes to the clinicians as a question.");

        var detail = Detail(draft, key, Status(step.Status), asksClinicians ? ScopeOfPractice.AsQuestion(step.Text) : step.Text);
        if (step.SaidStatus is null)
            draft.LeftOutOfPlan.Add($"activity/{(detail.Extension[0].Value as FhirString)?.Value}/status");
        detail.Goal.Add(new ResourceReference(goal.FullUrl));
        detail.Scheduled = step.Due is { } due ? new Period { End = due } : null;
        if (asksClinicians)
            detail.Performer.Add(new ResourceReference { Display = "Clinicians of the care team" });
        else if (Performer(draft, step.Who) is { } performer)
            detail.Performer.Add(performer);

        return new ActivityComponent { Detail = detail };
    }

    internal static void AddFollowUp(Draft draft, CarePlan plan)
    {
        if (draft.Note.FollowUp is not { } followUp || (followUp.NextVisit ?? followUp.Text) is null || draft.Resolved.Deceased)
            return;

        if (followUp.Text is { } text && ScopeOfPractice.IsInstruction(text))
            draft.Warn(ScopeOfPractice.Issue, "/followUp/text", "This reads like an instruction about a medicine. It goes to the clinicians as a question.");

        var detail = Detail(draft, "follow-up", followUp.NextVisit is null ? CarePlanActivityStatus.NotStarted : CarePlanActivityStatus.Scheduled, followUp.Text is { } said ? ScopeOfPractice.InChart(said) : "Next visit");
        detail.Kind = CarePlanActivityKind.Appointment;
        detail.Scheduled = followUp.NextVisit is { } next ? new Period { Start = next } : null;
        detail.Performer.Add(draft.Author());
        plan.Activity.Add(new ActivityComponent { Detail = detail });
    }

    internal static void AddEducation(Draft draft, CarePlan plan)
    {
        foreach (var lesson in draft.Note.Education)
        {
            var detail = Detail(draft, $"education/{Folding.Hash(lesson.Topic)}", CarePlanActivityStatus.Completed, Lesson(lesson));
            detail.Code = Concepts.Text("Education");
            detail.Performer.Add(draft.Author());
            plan.Activity.Add(new ActivityComponent { Detail = detail });
        }
    }

    internal static string Lesson(Education lesson) => Phrases.Joined(
        lesson.Topic,
        lesson.Material is { } material ? $"material: {material}" : null,
        lesson.Language is { } language ? $"language: {language}" : null,
        lesson.Source is { } source ? $"source: {source}" : null,
        lesson.TeachBack is { } teachBack ? $"teach-back: {Phrases.Plain(teachBack)}" : null);

    /// <summary>When the next visit is and what for, as sentences.</summary>
    internal static IEnumerable<string> FollowUp(FollowUp followUp)
    {
        if (followUp.NextVisit is { } next)
            yield return $"Next visit: {FhirTime.Readable(next)}.";
        if (followUp.Text is { } text)
            yield return ScopeOfPractice.InChart(text);
    }

    internal static string? Who(StepPerformer? who) => who is { } performer ? Phrases.Plain(Words.Of(performer)) : null;

    /// <summary>The plan as people read it, in the resource's narrative.</summary>
    internal static IEnumerable<string> Lines(Draft draft)
    {
        foreach (var goal in draft.Note.Goals)
        {
            if (draft.Holds.Of(goal))
                continue;

            yield return $"Goal: {goal.Text}";
            foreach (var step in goal.Steps)
                yield return $"Step: {Phrases.Joined(ScopeOfPractice.InChart(step.Text), Who(step.Who), step.Due is { } due ? $"due {FhirTime.Readable(due)}" : null, step.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null)}";
        }

        foreach (var referral in draft.Note.Referrals)
        {
            if (!draft.Holds.Of(referral))
                yield return $"Referral: {Phrases.Joined(referral.Service, referral.Organization?.Name, referral.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null)}";
        }

        if (draft.Note.FollowUp is { } followUp && (followUp.NextVisit ?? followUp.Text) is not null && !draft.Resolved.Deceased)
            yield return $"Follow-up: {string.Join(" ", FollowUp(followUp))}";

        foreach (var lesson in draft.Note.Education)
            yield return $"Education: {Lesson(lesson)}";
    }

    private static DetailComponent Detail(Draft draft, string stepKey, CarePlanActivityStatus status, string description)
    {
        var detail = new DetailComponent { Status = status, Description = description };
        detail.Extension.Add(new Extension(Canonicals.StepKey, new FhirString(draft.TakeStep(stepKey))));

        return detail;
    }

    private static ResourceReference? Performer(Draft draft, StepPerformer? who) => who switch
    {
        StepPerformer.Patient => draft.Patient(),
        StepPerformer.Chw => draft.Author(),
        StepPerformer.Caregiver => People.Caregiver(draft) ?? new ResourceReference { Display = "Caregiver" },
        StepPerformer.SocialWorker => Recipients.One(draft, "social-work") ?? new ResourceReference { Display = "Social worker" },
        StepPerformer.Clinician => new ResourceReference { Display = "Clinician" },
        StepPerformer.Other => new ResourceReference { Display = "Somebody else" },
        _ => null,
    };

    private static CarePlanActivityStatus Status(StepStatus status) => status switch
    {
        StepStatus.Scheduled => CarePlanActivityStatus.Scheduled,
        StepStatus.InProgress => CarePlanActivityStatus.InProgress,
        StepStatus.OnHold => CarePlanActivityStatus.OnHold,
        StepStatus.Completed => CarePlanActivityStatus.Completed,
        StepStatus.Cancelled => CarePlanActivityStatus.Cancelled,
        StepStatus.Stopped => CarePlanActivityStatus.Stopped,
        StepStatus.Unknown => CarePlanActivityStatus.Unknown,
        StepStatus.EnteredInError => CarePlanActivityStatus.EnteredInError,
        _ => CarePlanActivityStatus.NotStarted,
    };
}
