using System.Text.Json.Nodes;
using ChwFhir.Ehr;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

using static Goal;

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

    // FHIR has no place for a detail beside the request that somebody made of the step (cpl-3).
    [TestCase("scheduled 12-01", 0, TestName = "A_step_that_became_a_request_stays_one_when_the_visit_repeats_it")]
    [TestCase("completed 12-01", 1, TestName = "A_step_that_became_a_request_stays_one_when_the_visit_completed_it")]
    public void A_step_that_became_a_request(string visit, int clashes)
    {
        const string Requested = """{"extension":[{"url":"https://chwfhir.example/StructureDefinition/step-key","valueString":"s1"}],"reference":{"reference":"ServiceRequest/7","display":"Home oxygen"}}""";
        var now = (CarePlan)Parse($$"""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/p1"},"activity":[{{Requested}}]}""");
        var first = Merge.Apply(Plan("scheduled 12-01"), Plan("scheduled 12-01"), null, Tuesday).Said with { Seen = Plan("scheduled 12-01") };

        var merge = Merge.Apply(now, Plan(visit), first, Friday);

        using var together = Assert.EnterMultipleScope();
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(FhirJson.ToJson(merge.Merged))!["activity"]![0], JsonNode.Parse(Requested)));
        Assert.That(merge.Clashes.Select(clash => clash.Element), Is.EqualTo(Enumerable.Repeat("step \"Call\"", clashes)));
    }

    // A clinician wrote down when the need ended; what has abated cannot go on (con-4).
    [TestCase(true, "active", "resolved", 1, TestName = "A_need_that_a_clinician_ended_is_not_revived")]
    [TestCase(true, "remission", "remission", 0, TestName = "A_need_that_a_clinician_ended_may_end_in_the_visits_word")]
    [TestCase(false, "active", "resolved", 1, TestName = "A_need_that_a_clinician_ended_is_not_revived_where_nobody_remembers")]
    public void A_need_that_has_abated(bool remembers, string visit, string expected, int clashes)
    {
        var before = Need("resolved");
        var first = remembers ? Merge.Apply(before, before, null, Tuesday).Said with { Seen = before } : null;

        var merge = Merge.Apply(Need("resolved", abated: true), Need(visit), first, Friday);

        using var together = Assert.EnterMultipleScope();
        Assert.That(((Condition)merge.Merged).ClinicalStatus!.Coding[0].Code, Is.EqualTo(expected));
        Assert.That(((Condition)merge.Merged).Abatement, Is.Not.Null);
        Assert.That(merge.Clashes, Has.Count.EqualTo(clashes));
        Assert.That(Promises.Shipped.Value.Validate(merge.Merged).Errors, Is.Empty);
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
        Assert.That(((Goal)merge.Merged).LifecycleStatus, Is.EqualTo(GoalLifecycleStatus.Completed));
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

    // What we wrote, what the EHR has now, what becomes of the plan, what is told.
    [TestCase("active", "revoked", PlanVerb.Fold, "not-in-force", TestName = "A_plan_that_a_clinician_revoked_is_not_revived")]
    [TestCase("active", "entered-in-error", PlanVerb.Fold, "not-in-force", TestName = "A_plan_that_a_clinician_marked_as_wrong_is_not_revived")]
    [TestCase("active", "completed", PlanVerb.Fold, "not-in-force", TestName = "A_plan_that_a_clinician_ended_is_not_revived")]
    [TestCase("active", "on-hold", PlanVerb.Update, "", TestName = "A_plan_that_rests_gets_the_visits_steps_and_goes_on_resting")]
    [TestCase("active", "active until 2026-11-01", PlanVerb.Update, "plan-past-period", TestName = "A_plan_past_its_period_gets_the_visits_steps_and_the_CHW_is_told")]
    [TestCase("active", "active until 2026-11-06", PlanVerb.Update, "", TestName = "A_plan_on_the_last_day_of_its_period_is_not_past_it")]
    public void A_plan_as_a_whole(string written, string now, PlanVerb will, string told)
    {
        var ours = Framed(written, "scheduled 12-01");
        var said = Merge.Apply(ours, ours, null, Tuesday).Said with { Seen = ours };
        var there = Framed(now, "scheduled 12-01");
        var visit = new MappedResource("care-plan", Framed("active", "completed 12-01"), "urn:uuid:1", new Identifier("s", "p1/none/care-plan"), LongLived: true);

        var plan = Planner.Plan(new MappedNote([visit, TheNote()], [], "", []), EhrCapabilities.Everything,
            new Known { VisitTime = Friday, LongLived = new Dictionary<string, KnownResource> { ["care-plan"] = new("CarePlan/7", "3", there, said) } }, new PlanningOptions());

        var step = plan.Steps.Single(one => one.Key == "care-plan");
        using var together = Assert.EnterMultipleScope();
        Assert.That(step.Will, Is.EqualTo(will), step.Why);
        Assert.That(string.Join(", ", plan.Issues.Select(issue => issue.Code)), Is.EqualTo(told));
        Assert.That(step.Resource is null ? "" : Steps(step.Resource), Is.EqualTo(will == PlanVerb.Update ? "completed 12-01" : ""));
        Assert.That((step.Resource as CarePlan)?.Status?.GetLiteral(), Is.EqualTo(will == PlanVerb.Update ? now.Split(' ')[0] : null));
    }

    [TestCase("", TestName = "A_clinicians_own_step_stays_when_the_visit_speaks_of_its_own")]
    [TestCase("scheduled 12-01", TestName = "A_clinicians_own_step_stays_when_the_visit_says_nothing_new")]
    public void A_step_that_a_clinician_added(string written)
    {
        var first = Merge.Apply(Plan(written), Plan(written), null, Tuesday).Said with { Seen = Plan(written) };
        var theirs = Plan(written);
        theirs.Activity.Add(new CarePlan.ActivityComponent { Detail = new CarePlan.DetailComponent { Status = CarePlan.CarePlanActivityStatus.InProgress, Description = "Physiotherapy", Scheduled = new Period { End = "2026-12-24" } } });

        var merge = Merge.Apply(theirs, Plan("scheduled 12-01"), first, Friday);

        Assert.That(Steps(merge.Merged).Split("; "), Is.EquivalentTo(new[] { "in-progress 12-24", "scheduled 12-01" }));
        Assert.That(merge.Clashes, Is.Empty);
    }

    // The form in which it was sent (one coding, provisional), where the version in the EHR is another by now and nobody remembers how it came out.
    [Test]
    public void The_form_in_which_a_reading_was_sent_is_no_clinicians_change()
    {
        const string TwoCodings = """{"coding":[{"system":"http://loinc.org","code":"8480-6"},{"system":"urn:x","code":"sys"}]}""";
        const string Reading = """{"resourceType":"Observation","status":"final","code":CODE,"component":[{"code":CODE,"valueQuantity":{"value":VALUE}}]}""";
        const string OneCoding = """{"coding":[{"system":"http://loinc.org","code":"8480-6"}]}""";
        static string Of(string code, int value) => Reading.Replace("CODE", code, StringComparison.Ordinal).Replace("VALUE", $"{value}", StringComparison.Ordinal);
        var there = new KnownResource("Observation/7", "4", Parse(Of(OneCoding, 142)), new Said(Parse(Of(TwoCodings, 142)), new Dictionary<string, DateTimeOffset>())) { Amends = true };
        var amended = new MappedResource("vital/bp", Parse(Of(TwoCodings, 124)), "urn:uuid:1", new Identifier("s", "n1/vital/bp"), LongLived: false);

        var plan = Planner.Plan(new MappedNote([amended, TheNote()], [], "", []), EhrCapabilities.Everything with { Forms = new EhrForms { OneCoding = true } },
            new Known { VisitTime = Friday, Encounter = "Encounter/1", EncounterOpen = true, LongLived = new Dictionary<string, KnownResource> { ["vital/bp"] = there } }, new PlanningOptions());

        var step = plan.Steps.Single(one => one.Key == "vital/bp");
        using var together = Assert.EnterMultipleScope();
        Assert.That(plan.Issues, Is.Empty);
        Assert.That(step.Will, Is.EqualTo(PlanVerb.Update));
        Assert.That(FhirJson.ToJson(step.Resource!), Is.EqualTo(Of(OneCoding, 124)), "put right, in the form in which it was made");
    }

    private static MappedResource TheNote() => new("note", Parse("""{"resourceType":"DocumentReference","status":"current"}"""), "urn:uuid:9", new Identifier("s", "n1/note"), LongLived: false);

    private static CarePlan Framed(string status, string step)
    {
        var plan = Plan(step);
        plan.Status = status.Split(' ')[0] switch { "active" => RequestStatus.Active, "revoked" => RequestStatus.Revoked, "completed" => RequestStatus.Completed, "on-hold" => RequestStatus.OnHold, _ => RequestStatus.EnteredInError };
        plan.Period = status.Contains("until", StringComparison.Ordinal) ? new Period { Start = "2026-08-01", End = status.Split(' ')[2] } : null;
        return plan;
    }

    private static Condition Need(string status, bool abated = false) => new()
    {
        ClinicalStatus = new CodeableConcept("http://terminology.hl7.org/CodeSystem/condition-clinical", status),
        Subject = new ResourceReference("Patient/p1"),
        Abatement = abated ? new FhirDateTime("2026-11-04") : null,
    };

    private static CarePlan Plan(string step) => (CarePlan)Parse("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/p1"}""" + (step.Length == 0 ? "" : $$""","activity":[{{Of(step)}}]""") + "}");

    private static string Of(string step) => Step.Replace("STATUS", step.Split(' ')[0], StringComparison.Ordinal).Replace("DUE", $"2026-{step.Split(' ')[1]}", StringComparison.Ordinal);

    private static string Steps(Resource plan) => string.Join("; ", (JsonNode.Parse(FhirJson.ToJson(plan))!["activity"] as JsonArray ?? []).Select(activity => $"{activity!["detail"]!["status"]} {((string)activity["detail"]!["scheduledPeriod"]!["end"]!)[5..]}"));

    private static Goal Goal(string status, string words) => (Goal)Parse($$"""{"resourceType":"Goal","lifecycleStatus":"{{status}}","description":{"text":"{{words}}"},"subject":{"reference":"Patient/p1"},"expressedBy":{"reference":"Patient/p1" } }""");

    private static Resource Parse(string json) => FhirJson.Parse<Resource>(json);
}
