using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Know;

namespace ChwFhir.Journeys.SmartApp.Clinician;

/// <summary>What is picked for the first page, and in which order.</summary>
internal sealed class When_a_clinician_has_ninety_seconds
{
    private static readonly HashSet<string> Nothing = [];

    [Test]
    public void What_is_needed_now_stands_before_what_is_needed_today_and_the_rest_is_counted()
    {
        var known = Known.Of([], [SomeVisit.Message("1", "routine"), SomeVisit.Message("2", "urgent", "opened"), SomeVisit.Message("3", "asap"), SomeVisit.Message("4", "stat", "opened"), SomeVisit.Message("5", "stat", "closed")], Nothing, SomeVisit.Now);

        Assert.That((known.Messages.Select(message => message.Id), known.OtherMessages), Is.EqualTo((new[] { "4", "3", "2" }, 1)));
    }

    [Test]
    public void A_flag_that_a_later_visit_raises_again_is_one_with_what_became_of_it()
    {
        ToldFlag[] pain = [new("symptom/pain", "Pain 8 of 10", "message/m1")];
        var visits = new[]
        {
            SomeVisit.On(17, note => note with { Symptoms = [new() { Kind = SymptomKind.Pain, Text = "Left hip", Tried = "Warm pillow" }] }, pain),
            SomeVisit.On(3, note => note, [.. pain, new("symptom/fall", "Fall: reported", null)]),
        };

        var known = Known.Of(visits, [SomeVisit.Message("9", "urgent", "taken", "v17")], Nothing, SomeVisit.Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(known.Flags.Select(flag => (flag.Visit.Stored.Id, flag.Part)), Is.EqualTo(new[] { ("v17", "symptom/pain"), ("v3", "symptom/fall") }));
            Assert.That((known.Flags[0].InWords, known.Flags[0].Tried, known.Flags[0].Message?.Reach), Is.EqualTo(("Left hip", "Warm pillow", "taken")));
        }
    }

    [Test]
    public void Nothing_is_picked_from_a_narrative()
    {
        var known = Known.Of([SomeVisit.On(17, note => note with { Narrative = "She fell and does not want them breaking her ribs.", Sections = [new() { Title = "Food", Text = "There is none." }] })], [], Nothing, SomeVisit.Now);

        Assert.That((known.Flags.Count, known.Insights.Count, known.Needs.Count, known.Goal, known.HasWishes), Is.EqualTo((0, 0, 0, (GoalStory?)null, false)));
    }

    [Test]
    public void Insights_are_of_the_last_visit_that_has_some_and_a_wish_is_known_as_one()
    {
        var visits = new[] { SomeVisit.On(17, note => note), SomeVisit.On(10, note => note with { Insights = [new() { Text = "I don't want CPR", Quote = true }, new() { Text = "Imani works nights" }] }), SomeVisit.On(3, note => note with { Insights = [new() { Text = "Earlier" }] }) };

        var known = Known.Of(visits, [], Nothing, SomeVisit.Now);

        Assert.That(known.Insights.Select(insight => (insight.Said.Text, insight.IsWish)), Is.EqualTo(new[] { ("I don't want CPR", true), ("Imani works nights", false) }));
    }

    [Test]
    public void The_first_goal_is_the_patients_first_that_is_open_and_what_was_set_aside_is_no_need()
    {
        var visits = new[]
        {
            SomeVisit.On(17, note => note with
            {
                Goals = [new() { Id = "a", Text = "Done already", Priority = 1, Status = GoalStatus.Completed }, new() { Id = "b", Text = "Second", Priority = 3 }, new() { Id = "c", Text = "Garden", Priority = 2 }],
                Concerns = [new() { Id = "food", Domain = ConcernDomain.FoodInsecurity }, new() { Id = "rides", Domain = ConcernDomain.TransportationInsecurity }, new() { Id = "bills", Domain = ConcernDomain.MedicalCostBurden, Status = ConditionClinical.Resolved }],
            }),
        };

        var known = Known.Of(visits, [], new HashSet<string> { "concern/food" }, SomeVisit.Now);

        Assert.That((known.Goal?.Last.Text, known.OtherGoals, string.Join(',', known.Needs.Select(need => need.Key))), Is.EqualTo(("Garden", 1, "concern/rides")));
    }

    [Test]
    public void A_visit_that_is_planned_tells_nothing()
    {
        var known = Known.Of([SomeVisit.On(25, note => note with { Visit = note.Visit with { Status = VisitStatus.Planned }, Insights = [new() { Text = "Too early" }] })], [], Nothing, SomeVisit.Now);

        Assert.That(known.IsEmpty);
    }

    [Test]
    public void What_is_dated_in_the_future_counts_from_when_it_came_in()
    {
        var visits = new[]
        {
            SomeVisit.On(25, note => note with { Insights = [new() { Text = "Wrong day" }] }, [new ToldFlag("symptom/fall", "Fall: reported", null)]) is var ahead ? ahead with { Stored = ahead.Stored with { ReceivedAt = SomeVisit.Now.AddDays(-8) } } : null!,
            SomeVisit.On(17, note => note with { Insights = [new() { Text = "Later" }] }),
        };

        var known = Known.Of(visits, [], Nothing, SomeVisit.Now);

        Assert.That((known.Flags.Count, known.Insights[0].Said.Text, known.Last!.Stored.Id), Is.EqualTo((1, "Later", "v17")));
    }

    [Test]
    public void Where_nothing_is_urgent_the_latest_messages_are_shown()
    {
        var known = Known.Of([], [SomeVisit.Message("1", "routine"), SomeVisit.Message("2", "routine"), SomeVisit.Message("3", "routine")], Nothing, SomeVisit.Now);

        Assert.That((known.Messages.Count, known.OtherMessages, known.HasUrgent), Is.EqualTo((2, 1, false)));
    }
}
