using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

/// <summary>Cases of shared care plans, each to be read as a line: what we wrote, what the EHR has now, what the next visit says, what then stands, and what is told.</summary>
internal sealed class When_both_sides_have_changed
{
    private const string Step = """{"detail":{"extension":[{"url":"https://chwfhir.example/StructureDefinition/step-key","valueString":"s1"}],"status":"STATUS","scheduledPeriod":{"end":"DUE"},"description":"Call"}}""";
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 3, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Friday = Tuesday.AddDays(3);

    // Of one step: status and due date.
    [TestCase("scheduled 12-01", "completed 12-01", "scheduled 12-01", "completed 12-01", 0, TestName = "A_clinician_completed_it_and_the_visit_repeats_the_old_word")]
    [TestCase("scheduled 12-01", "completed 12-01", "cancelled 12-01", "completed 12-01", 1, TestName = "A_clinician_completed_it_and_the_visit_cancels_it")]
    [TestCase("scheduled 12-01", "scheduled 12-09", "scheduled 12-20", "scheduled 12-09", 1, TestName = "Both_changed_the_due_date")]
    [TestCase("scheduled 12-01", "scheduled 12-09", "completed 12-01", "completed 12-09", 0, TestName = "A_clinician_changed_the_date_and_the_visit_the_status")]
    [TestCase("scheduled 12-01", "scheduled 12-20", "scheduled 12-20", "scheduled 12-20", 0, TestName = "Both_changed_it_to_the_same")]
    [TestCase("scheduled 12-01", "", "scheduled 12-01", "", 0, TestName = "A_clinician_took_the_step_out_and_the_visit_repeats_it")]
    [TestCase("scheduled 12-01", "", "completed 12-01", "", 1, TestName = "A_clinician_took_the_step_out_and_the_visit_completed_it")]
    public void A_step_of_the_plan(string written, string now, string visit, string expected, int clashes)
    {
        var first = Merge.Apply(Plan(written), Plan(written), null, Tuesday).Said with { Seen = Plan(written) };

        var merge = Merge.Apply(Plan(now), Plan(visit), first, Friday);

        using var together = Assert.EnterMultipleScope();
        Assert.That(Steps(merge.Merged), Is.EqualTo(expected));
        Assert.That(merge.Clashes, Has.Count.EqualTo(clashes));
    }

    [Test]
    public void A_clash_shows_both_in_words()
    {
        var first = Merge.Apply(Plan("scheduled 12-01"), Plan("scheduled 12-01"), null, Tuesday).Said with { Seen = Plan("scheduled 12-01") };

        var clash = Merge.Apply(Plan("scheduled 12-09"), Plan("scheduled 12-20"), first, Friday).Clashes.Single();

        Assert.That(clash, Is.EqualTo(new Clash("step \"Call\", when", "by 2026-12-09", "by 2026-12-20")));
    }

    [Test]
    public void Once_the_clinicians_change_was_seen_the_next_visit_may_change_it()
    {
        var said = Merge.Apply(Plan("scheduled 12-01"), Plan("scheduled 12-01"), null, Tuesday).Said with { Seen = Plan("completed 12-01") };

        Assert.That(Steps(Merge.Apply(Plan("completed 12-01"), Plan("cancelled 12-01"), said, Friday).Merged), Is.EqualTo("cancelled 12-01"));
    }

    [Test]
    public void A_clinicians_wording_of_a_goal_that_the_CHW_closed_is_a_note_beside_the_patients_words()
    {
        var written = Goal("active", "Sit in the garden");
        var first = Merge.Apply(written, written, null, Tuesday).Said with { Seen = written };

        var merge = Merge.Apply(Goal("active", "Increase outdoor activity"), Goal("completed", "Sit in the garden"), first, Friday);

        using var together = Assert.EnterMultipleScope();
        Assert.That(((Goal)merge.Merged).Description!.Text, Is.EqualTo("Sit in the garden"));
        Assert.That(((Goal)merge.Merged).LifecycleStatus, Is.EqualTo(Fhir.Model.Goal.GoalLifecycleStatus.Completed));
        Assert.That(((Goal)merge.Merged).Note.Single().Text, Is.EqualTo("In a clinician's words: Increase outdoor activity"));
        Assert.That(merge.Reworded, Is.EqualTo("Increase outdoor activity"));
    }

    [Test]
    public void A_server_that_gives_ids_reorders_lists_and_writes_times_in_UTC_has_changed_nothing()
    {
        const string Ours = """{"resourceType":"Task","status":"requested","intent":"order","executionPeriod":{"start":"2026-11-03T14:00:00-05:00"},"code":{"coding":[{"system":"a","code":"1"},{"system":"b","code":"2"}]}}""";
        const string Theirs = """{"resourceType":"Task","id":"7","status":"requested","intent":"order","executionPeriod":{"id":"x","start":"2026-11-03T19:00:00Z"},"code":{"coding":[{"system":"b","code":"2","display":"Two"},{"system":"a","code":"1"}]}}""";
        var first = Merge.Apply(Parse(Ours), Parse(Ours), null, Tuesday).Said with { Seen = Parse(Ours) };
        var later = Parse(Ours.Replace("requested", "completed", StringComparison.Ordinal).Replace("14:00:00", "15:00:00", StringComparison.Ordinal));

        var merge = Merge.Apply(Parse(Theirs), later, first, Friday);

        Assert.That(merge.Clashes, Is.Empty);
        Assert.That(((FhirTask)merge.Merged).ExecutionPeriod!.Start, Is.EqualTo("2026-11-03T15:00:00-05:00"));
    }

    [Test]
    public void A_referral_that_the_community_partner_moved_on_stays_moved_on()
    {
        var ours = Parse("""{"resourceType":"Task","status":"requested","intent":"order"}""");
        var first = Merge.Apply(ours, ours, null, Tuesday).Said with { Seen = ours };

        var merge = Merge.Apply(Parse("""{"resourceType":"Task","status":"accepted","intent":"order"}"""), ours, first, Friday);

        Assert.That(merge.Changed, Is.False);
    }

    private static CarePlan Plan(string step) => (CarePlan)Parse("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/p1"}""" + (step.Length == 0 ? "" : $$""","activity":[{{Of(step)}}]""") + "}");

    private static string Of(string step) => Step.Replace("STATUS", step.Split(' ')[0], StringComparison.Ordinal).Replace("DUE", $"2026-{step.Split(' ')[1]}", StringComparison.Ordinal);

    private static string Steps(Resource plan) => string.Join("; ", (JsonNode.Parse(FhirJson.ToJson(plan))!["activity"] as JsonArray ?? []).Select(activity => $"{activity!["detail"]!["status"]} {((string)activity["detail"]!["scheduledPeriod"]!["end"]!)[5..]}"));

    private static Goal Goal(string status, string words) => (Goal)Parse($$"""{"resourceType":"Goal","lifecycleStatus":"{{status}}","description":{"text":"{{words}}"},"subject":{"reference":"Patient/p1"},"expressedBy":{"reference":"Patient/p1" } }""");

    private static Resource Parse(string json) => FhirJson.Parse<Resource>(json);
}
