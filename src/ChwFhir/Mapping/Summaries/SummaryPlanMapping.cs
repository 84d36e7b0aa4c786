using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

using static CarePlan;

/// <summary>What is to be done after the visit: one activity for each instruction, appointment, pending test and goal. It is this document's plan; the programme's own lives beside it.</summary>
internal static class SummaryPlanMapping
{
    internal const string Key = "plan";

    internal static void Map(SummaryDraft draft)
    {
        var plan = new CarePlan
        {
            Meta = Concepts.Profile("us-core-careplan", OwnProfiles.AfterVisitPlan),
            Status = RequestStatus.Active,
            Intent = CarePlanIntent.Plan,
            Title = draft.Visited is { } day ? $"Plan of the after-visit summary {FhirTime.Date(day)}" : "Plan of the after-visit summary",
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Created = draft.When,
            Author = draft.Author(),
        };
        plan.Category.Add(Concepts.Of(Systems.UsCoreCarePlanCategory, "assess-plan", "Assessment and Plan of Treatment"));
        AddActivities(draft, plan);
        if (plan.Activity.Count == 0)
            return;

        plan.Replaces.AddRange(draft.Resolved.Earlier.Where(one => one is { Replaced: true, Plan: not null }).Select(one => new ResourceReference { Reference = one.Plan }));
        foreach (var diagnosis in draft.Summary.Diagnoses)
            plan.Addresses.Add(Condition(draft, diagnosis));
        plan.Text = Narratives.Of([plan.Title!, .. plan.Activity.Select(activity => $"{activity.Detail!.Code!.Text}: {activity.Detail.Description}"), .. draft.Summary.Medications.Select(medicine => $"Medicine: {SummaryWords.Of(medicine)}")]);
        draft.Add(draft.TakeKey(Key), plan);
    }

    private static void AddActivities(SummaryDraft draft, CarePlan plan)
    {
        foreach (var instruction in draft.Summary.Instructions)
        {
            var detail = Detail(draft, plan, "instruction", instruction.Title ?? "Instruction", instruction.Text, CarePlanActivityKind.Task, CarePlanActivityStatus.NotStarted);
            detail.Performer.Add(draft.Patient());
        }

        foreach (var followUp in draft.Summary.FollowUps)
        {
            var isAppointment = followUp.Kind == FollowUpKind.Appointment;
            var detail = Detail(draft, plan, "follow-up", isAppointment ? "Appointment" : "Planned", SummaryWords.Of(followUp),
                isAppointment ? CarePlanActivityKind.Appointment : CarePlanActivityKind.Task, followUp.Start is null ? CarePlanActivityStatus.NotStarted : CarePlanActivityStatus.Scheduled);
            detail.Scheduled = followUp.Start is { } start ? new Period { Start = start } : null;
            if (followUp.With is { } with)
                detail.Performer.Add(new ResourceReference { Display = with });
        }

        foreach (var test in draft.Summary.PendingTests)
        {
            var detail = Detail(draft, plan, "pending-test", "Pending test", SummaryWords.Of(test), CarePlanActivityKind.Task, CarePlanActivityStatus.NotStarted);
            detail.Scheduled = test.Due is { } due ? new Period { End = due } : null;
        }

        foreach (var goal in draft.Summary.Goals)
        {
            var detail = Detail(draft, plan, "goal", "Goal", SummaryWords.Of(goal), null, CarePlanActivityStatus.NotStarted);
            detail.Scheduled = (goal.Start ?? goal.Due) is null ? null : new Period { Start = goal.Start, End = goal.Due };
        }
    }

    private static DetailComponent Detail(SummaryDraft draft, CarePlan plan, string kind, string name, string text, CarePlanActivityKind? activity, CarePlanActivityStatus status)
    {
        var detail = new DetailComponent { Kind = activity, Code = Concepts.Text(name), Status = status, Description = text };
        detail.Extension.Add(new Extension(Canonicals.StepKey, new FhirString(draft.TakeStep($"{kind}/{Folding.Hash(name, text)}"))));
        plan.Activity.Add(new ActivityComponent { Detail = detail });
        return detail;
    }

    /// <summary>The chart's own condition where it has it; else what the document calls it: no condition is made.</summary>
    private static ResourceReference Condition(SummaryDraft draft, SummaryDiagnosis diagnosis) =>
        diagnosis.Code is { System: { } system, Code: { } code } && draft.Resolved.Conditions.TryGetValue($"{system}|{code}", out var known)
            ? new ResourceReference(known, diagnosis.Text)
            : new ResourceReference { Display = diagnosis.Text, Type = "Condition" };
}
