using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Tests.Chart;

internal sealed class When_a_plan_is_told_over_visits
{
    private static readonly DateTimeOffset First = new(2026, 11, 3, 14, 0, 0, TimeSpan.FromHours(-5)), Second = First.AddDays(14);

    [Test]
    public void A_goal_has_each_step_as_it_was_told_last_and_its_progress_by_visits()
    {
        var visits = new[]
        {
            ToldVisitsOf.On(Second, note => note with { Goals = [Garden(GoalAchievement.Improving, Step("s1", StepStatus.Completed), Step("s2", StepStatus.InProgress))] }, "two"),
            ToldVisitsOf.On(First, note => note with { Goals = [Garden(GoalAchievement.NoProgress, Step("s1", StepStatus.Scheduled))] }, "one"),
        };

        var goal = PlanStories.Goals(visits).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(goal.Steps.Select(step => (step.Last.Id, step.Last.Status)), Is.EqualTo(new[] { ("s1", StepStatus.Completed), ("s2", StepStatus.InProgress) }));
            Assert.That(goal.Points.Select(point => (point.Note, point.Achievement, point.Done, point.Steps)), Is.EqualTo(new[] { ("one", (GoalAchievement?)GoalAchievement.NoProgress, 0, 1), ("two", GoalAchievement.Improving, 1, 2) }));
            Assert.That((goal.Done, goal.Next?.Last.Id), Is.EqualTo((1, "s2")));
        }
    }

    [Test]
    public void What_a_later_visit_leaves_out_stays_as_it_was()
    {
        ToldVisit[] visits =
        [
            ToldVisitsOf.On(First, note => note with
            {
                Goals = [new() { Id = "g", Text = "Cook again", Status = GoalStatus.Completed, Steps = [new() { Id = "s", Text = "Buy a pan", Who = StepPerformer.Chw, Due = "2026-11-20", Status = StepStatus.Completed }] }],
                Concerns = [Need("food", 2, ConditionClinical.Resolved)],
                Referrals = [new() { Id = "pantry", Service = "food-pantry", Urgency = Urgency.Urgent, Status = ReferralStatus.Failed }],
            }, "one"),
            ToldVisitsOf.On(Second, note => note with
            {
                Goals = [new() { Id = "g", Text = "Cook again", Steps = [new() { Id = "s", Text = "Buy a pan" }] }],
                Concerns = [new() { Id = "food", Domain = ConcernDomain.FoodInsecurity, Text = "No milk" }],
                Referrals = [new() { Id = "pantry", Service = "food-pantry", Text = "They called back." }],
            }, "two"),
        ];

        var (goal, need, referral) = (PlanStories.Goals(visits).Single(), PlanStories.Needs(visits).Single(), PlanStories.Referrals(visits).Single());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((goal.IsOpen, goal.Done, goal.Points[^1].Status), Is.EqualTo((false, 1, GoalStatus.Completed)));
            Assert.That((goal.Steps.Single().Last.Who, goal.Steps.Single().Last.Due), Is.EqualTo(((StepPerformer?)StepPerformer.Chw, "2026-11-20")));
            Assert.That((need.IsOpen, need.Last.Text, need.Last.Priority), Is.EqualTo((false, "No milk", (int?)2)));
            Assert.That((referral.IsOpen, referral.Last.Urgency, referral.Points[^1].Status, referral.Points[^1].Text), Is.EqualTo((false, Urgency.Urgent, ReferralStatus.Failed, "They called back.")));
        }
    }

    [Test]
    public void A_step_that_only_a_clinician_could_order_stands_as_a_question()
    {
        var goal = PlanStories.Goals([ToldVisitsOf.On(First, note => note with { Goals = [new() { Id = "g", Text = "Less pain", Steps = [new() { Text = "Increase the morphine to 30 mg" }] }] })]).Single();

        Assert.That(goal.Steps.Single().Text, Is.Not.EqualTo("Increase the morphine to 30 mg").And.Contain("morphine"));
    }

    [Test]
    public void Open_needs_stand_first_in_the_patients_order_and_each_says_when_it_changed()
    {
        var visits = new[]
        {
            ToldVisitsOf.On(First, note => note with { Concerns = [Need("food", 2), Need("rides", 1)] }, "one", [new ResourceRow("concern/food", "Condition", ResourceState.Written, "Condition/7", "1", "created", null)]),
            ToldVisitsOf.On(Second, note => note with { Concerns = [Need("rides", 1, ConditionClinical.Resolved), Need("bills", 3)] }, "two"),
        };

        var needs = PlanStories.Needs(visits);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(needs.Select(need => (need.Key, need.IsOpen)), Is.EqualTo(new[] { ("concern/food", true), ("concern/bills", true), ("concern/rides", false) }));
            Assert.That(needs[2].Points.Select(point => (point.Note, point.Status)), Is.EqualTo(new[] { ("one", ConditionClinical.Active), ("two", ConditionClinical.Resolved) }));
            Assert.That(needs[0].Reference, Is.EqualTo("Condition/7"));
        }
    }

    [Test]
    public void A_referral_says_where_it_stood_at_each_visit()
    {
        var visits = new[]
        {
            ToldVisitsOf.On(First, note => note with { Referrals = [new() { Id = "pantry", Service = "food-pantry" }] }, "one"),
            ToldVisitsOf.On(Second, note => note with { Referrals = [new() { Id = "pantry", Service = "food-pantry", Status = ReferralStatus.Completed, Text = "First box came." }] }, "two"),
        };

        var referral = PlanStories.Referrals(visits).Single();

        Assert.That(referral.Points.Select(point => (point.Note, point.Status, point.Text)), Is.EqualTo(new[] { ("one", ReferralStatus.Requested, (string?)null), ("two", ReferralStatus.Completed, "First box came.") }));
        Assert.That(referral.IsOpen, Is.False);
    }

    private static NoteGoal Garden(GoalAchievement achieved, params GoalStep[] steps) => new() { Id = "garden", Text = "Sit in my garden", Achievement = achieved, Steps = steps };

    private static GoalStep Step(string id, StepStatus status) => new() { Id = id, Text = $"Step {id}", Status = status };

    private static Concern Need(string id, int priority, ConditionClinical status = ConditionClinical.Active) => new() { Id = id, Domain = ConcernDomain.Other, Text = id, Priority = priority, Status = status };
}
