using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

using static CarePlan;

/// <summary>The one plan of a patient and programme: a step, a follow-up, a referral or a lesson is an activity of it.</summary>
internal static class CarePlanMapping
{
    internal static void Map(Draft draft)
    {
        var note = draft.Note;
        var programme = note.Programme;
        var plan = new CarePlan
        {
            Meta = Concepts.Profile("us-core-careplan", OwnProfiles.ActionPlan),
            Status = RequestStatus.Active,
            Intent = CarePlanIntent.Plan,
            Title = $"Community health worker's plan{(programme is null ? "" : $": {programme.Name ?? programme.Id}")}",
            Subject = draft.Patient(),
            Period = programme is { } p && (p.Start ?? p.End) is not null ? new Period { Start = p.Start, End = p.End } : null,
            Author = draft.Author(),
        };
        plan.Category.Add(Concepts.Of(Systems.UsCoreCarePlanCategory, "assess-plan", "Assessment and Plan of Treatment"));
        if (draft.Resolved.CareTeam is { } careTeam)
            plan.CareTeam.Add(new ResourceReference(careTeam));

        AddGoals(draft, plan);
        AddReferrals(draft, plan);
        PlanActivities.AddFollowUp(draft, plan);
        PlanActivities.AddEducation(draft, plan);
        if (plan.Activity.Count == 0 && plan.Goal.Count == 0)
            return;

        foreach (var concern in note.Concerns)
        {
            if (concern.About == ConcernAbout.Patient && ConcernMapping.Reference(draft, concern.Id ?? Words.Of(concern.Domain)) is { } reference && !plan.Addresses.Exists(known => known.Reference == reference.Reference))
                plan.Addresses.Add(reference);
        }

        plan.Text = Narratives.Of([plan.Title!, .. PlanActivities.Lines(draft)]);
        draft.AddLongLived(draft.TakeKey("care-plan"), plan, leftOut: draft.LeftOutOfPlan);
    }

    private static void AddGoals(Draft draft, CarePlan plan)
    {
        for (var i = 0; i < draft.Note.Goals.Count; i++)
        {
            var goal = draft.Note.Goals[i];
            if (draft.Holds.Of(goal) || draft.Find(GoalMapping.Name(i)) is not { } mapped)
                continue;

            plan.Goal.Add(new ResourceReference(mapped.FullUrl));
            for (var s = 0; s < goal.Steps.Count; s++)
                plan.Activity.Add(PlanActivities.Step(draft, goal.Steps[s], mapped, $"/goals/{i}/steps/{s}/text"));
        }
    }

    private static void AddReferrals(Draft draft, CarePlan plan)
    {
        for (var i = 0; i < draft.Note.Referrals.Count; i++)
        {
            var referral = draft.Note.Referrals[i];
            if (!draft.Holds.Of(referral) && draft.Find(ReferralMapping.Name(i)) is { } mapped)
                plan.Activity.Add(new ActivityComponent { Reference = new ResourceReference(mapped.FullUrl, referral.Service) });
        }
    }
}
