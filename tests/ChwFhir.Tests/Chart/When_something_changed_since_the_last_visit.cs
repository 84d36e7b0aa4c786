using System.Text;
using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Tests.Chart;

public sealed class When_something_changed_since_the_last_visit
{
    private static readonly DateTimeOffset Visit = new(2026, 9, 30, 10, 0, 0, TimeSpan.FromHours(-5));

    [Test]
    public async Task Diagnoses_medicines_stays_and_missed_appointments_are_told_with_source_and_date()
    {
        var chart = new TheChart().With(
            SomeResource.Condition("old", "Hypertension", more: ""","recordedDate":"2020-01-01" """), SomeResource.Condition("new", "Anemia", more: ""","recordedDate":"2026-10-20","recorder":{"display":"Dr. Lin"} """),
            SomeResource.Medicine("mo", "Morphine ER 15 MG", more: ""","authoredOn":"2026-10-03","requester":{"display":"Dr. Lin"} """), SomeResource.Medicine("as", "aspirin 81 MG", "stopped", ""","authoredOn":"2019-01-01","meta":{"lastUpdated":"2026-10-04T10:00:00Z"} """),
            SomeResource.Medicine("le", "lisinopril 10 MG", more: ""","authoredOn":"2019-01-01" """),
            SomeResource.Encounter("er", "EMER", "2026-10-05T22:00:00-05:00", "2026-10-06T03:00:00-05:00", ""","reasonCode":[{"text":"Nausea"}] """),
            SomeResource.Appointment("a", "noshow", "2026-10-12T10:00:00-05:00", "Oncology"), SomeResource.Appointment("b", "fulfilled", "2026-10-13T10:00:00-05:00", "Labs"));

        var changed = (await chart.ReadAsync(notes: [TheVisit.On(Visit)])).Changed!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((changed.Since, changed.Mine), Is.EqualTo(((DateTimeOffset?)Visit, true)));
            Assert.That(changed.Items.Select(one => $"{one.Kind}|{one.Text}|{one.By}|{one.Date}|{one.Source.Reference}"), Is.EqualTo(new[]
            {
                "diagnosis|Anemia|Dr. Lin|2026-10-20|Condition/new",
                "appointment-missed|Oncology|Dr. Lin|2026-10-12T10:00:00-05:00|Appointment/a",
                "emergency|Nausea||2026-10-05T22:00:00-05:00|Encounter/er",
                "medicine-stopped|aspirin 81 MG||2026-10-04T10:00:00+00:00|MedicationRequest/as",
                "medicine-started|Morphine ER 15 MG|Dr. Lin|2026-10-03|MedicationRequest/mo",
            }));
        }
    }

    [Test]
    public async Task My_own_visit_counts_before_a_later_one_of_somebody_else()
    {
        var changed = (await new TheChart().ReadAsync(notes: [TheVisit.On(Visit.AddDays(20), "theirs", sentBy: "ben") with { Said = null }, TheVisit.On(Visit)])).Changed!;

        Assert.That((changed.Since, changed.Mine), Is.EqualTo(((DateTimeOffset?)Visit, true)));
    }

    [TestCase(VisitStatus.NotHome)]
    [TestCase(VisitStatus.Planned)]
    [TestCase(VisitStatus.Cancelled)]
    public async Task A_door_that_stayed_closed_was_no_visit(VisitStatus status) => Assert.That((await new TheChart().ReadAsync(notes: [TheVisit.On(Visit, status: status)])).Changed!.Since, Is.Null);

    [Test]
    public async Task A_prescription_that_was_written_again_is_no_change()
    {
        var chart = new TheChart().With(
            SomeResource.Medicine("old", "lisinopril 10 MG", "completed", ""","authoredOn":"2026-04-01","dispenseRequest":{"validityPeriod":{"end":"2026-10-01"}} """), SomeResource.Medicine("new", "lisinopril 10 MG", more: ""","authoredOn":"2026-10-01" """));

        Assert.That((await chart.ReadAsync(notes: [TheVisit.On(Visit)])).Changed!.Items, Is.Empty);
    }

    [Test]
    public async Task A_goal_of_ours_that_a_clinician_changed_is_told_against_what_we_last_saw()
    {
        var seen = Encoding.UTF8.GetBytes(SomeResource.Goal("g", "Sit in the garden", "active"));
        var chart = new TheChart().With(SomeResource.Goal("g", "Sit in the garden", "on-hold", ""","identifier":[{"system":"urn:chwfhir:note","value":"x"}],"meta":{"lastUpdated":"2026-10-09T10:00:00Z"} """));

        var change = (await chart.ReadAsync(notes: [TheVisit.On(Visit)], own: [new LongLivedRow("x", "Goal", "Goal/g", "1", seen, Visit, null) { Seen = seen }])).Changed!.Items.Single();

        Assert.That((change.Kind, change.Text, change.Before, change.Now, change.Exact), Is.EqualTo(("goal-changed", "Sit in the garden", "active", "on-hold", false)));
    }

    [Test]
    public async Task A_step_that_a_clinician_moved_is_told()
    {
        var seen = Plan("scheduled");
        var chart = new TheChart().With(Plan("cancelled"));

        var change = (await chart.ReadAsync(notes: [TheVisit.On(Visit)], own: [new LongLivedRow("x", "CarePlan", "CarePlan/p", "1", Encoding.UTF8.GetBytes(seen), Visit, null) { Seen = Encoding.UTF8.GetBytes(seen) }])).Changed!.Items.Single();

        Assert.That((change.Kind, change.Text, change.Before, change.Now), Is.EqualTo(("plan-changed", "transport chair", "scheduled", "cancelled")));
    }

    [TestCase("completed", 0, ExpectedResult = 0, Description = "told at that visit")]
    [TestCase("requested", 0, ExpectedResult = 1, Description = "somebody closed it in the chart")]
    [TestCase("completed", 3, ExpectedResult = 1, Description = "told at a later visit")]
    public async Task<int> A_referral_that_was_closed_at_the_visit_is_no_news(string told, int days)
    {
        var request = SomeResource.Of("ServiceRequest", "r", """ "status":"completed","intent":"order","code":{"text":"food-pantry"},"identifier":[{"system":"urn:chwfhir:note","value":"x"}],"subject":{"reference":"Patient/rosa"} """);
        var chart = new TheChart().With(request, FoodTask("completed"));

        return (await chart.ReadAsync(notes: [TheVisit.On(Visit)], own:
        [
            new LongLivedRow("x", "ServiceRequest", "ServiceRequest/r", "1", Encoding.UTF8.GetBytes(request), Visit, null),
            new LongLivedRow("x/task", "Task", "Task/t", "1", Encoding.UTF8.GetBytes(FoodTask(told)), Visit.AddDays(days), null),
        ])).Changed!.Items.Count(one => one.Kind == "referral-changed");
    }

    private static string FoodTask(string status) => SomeResource.Of("Task", "t", $$"""
        "status":"{{status}}","intent":"order","focus":{"reference":"ServiceRequest/r"},"for":{"reference":"Patient/rosa"},"lastModified":"2026-10-02T11:20:00-05:00"
        """);

    [Test]
    public async Task An_answered_message_is_told_by_what_will_be_done_never_by_the_advice()
    {
        var message = new MessageView(
            "7", "visit", "written", "message/m1", TheChart.Patient, "note", new MessageSender("Practitioner/chw-1", "chw"), ["nurse"], [], "urgent", "medication-question", "She asks about the tablets", [], true, false, false,
            Visit, Visit.AddHours(4), false, "taken", "Practitioner/nurse-1", Visit.AddHours(2), null, null, null, null, null,
            [new ReplyView("1", "Stop the tablets", "patient-call-needed", "nurse-calls", null, "Practitioner/nurse-1", "nurse", Visit.AddHours(3), null)], []);

        var change = (await new TheChart().ReadAsync(notes: [TheVisit.On(Visit)], messages: [message])).Changed!.Items.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((change.Kind, change.Text, change.Now, change.By, change.Source.From), Is.EqualTo(("message-answered", "She asks about the tablets", "nurse-calls", "nurse", "message")));
            Assert.That(change.ToString(), Does.Not.Contain("Stop the tablets"));
        }
    }

    [Test]
    public async Task A_day_without_a_time_counts_on_the_visits_own_day()
    {
        var chart = new TheChart().With(SomeResource.Condition("same", "Anemia", more: ""","recordedDate":"2026-09-30" """), SomeResource.Condition("before", "Gout", more: ""","recordedDate":"2026-09-29" """), SomeResource.Condition("vague", "Asthma", more: ""","recordedDate":"2026-09" """));

        Assert.That((await chart.ReadAsync(notes: [TheVisit.On(Visit)])).Changed!.Items.Select(one => one.Text), Is.EqualTo(new[] { "Anemia" }));
    }

    private static string Plan(string status) => SomeResource.Of("CarePlan", "p", $$"""
        "identifier":[{"system":"urn:chwfhir:note","value":"y"}],"status":"active","intent":"plan","subject":{"reference":"Patient/rosa"},"activity":[{"detail":{"status":"{{status}}","description":"transport chair"} }]
        """);
}
