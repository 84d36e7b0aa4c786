using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

internal sealed class When_a_plan_is_merged
{
    private const string Key = "https://chwfhir.example/StructureDefinition/step-key";
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 3, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Friday = Tuesday.AddDays(3);

    [Test]
    public void Steps_of_the_earlier_visit_stay_and_new_ones_are_added()
    {
        var (inEhr, said) = Written(Plan(Step("s1", "scheduled")), Tuesday);

        var merge = Merge.Apply(inEhr, Plan(Step("s2", "not-started")), said, Friday);

        Assert.That(Steps(merge.Merged), Is.EqualTo(new[] { "s1 scheduled", "s2 not-started" }));
    }

    [Test]
    public void A_step_that_the_newer_visit_speaks_of_is_updated()
    {
        var (inEhr, said) = Written(Plan(Step("s1", "scheduled"), Step("s2", "scheduled")), Tuesday);

        var merge = Merge.Apply(inEhr, Plan(Step("s1", "completed")), said, Friday);

        Assert.That(Steps(merge.Merged), Is.EqualTo(new[] { "s1 completed", "s2 scheduled" }));
    }

    [Test]
    public void An_older_visit_never_replaces_what_a_newer_one_said_but_adds_what_it_alone_says()
    {
        var (inEhr, said) = Written(Plan(Step("s1", "completed")), Friday);

        var merge = Merge.Apply(inEhr, Plan(Step("s1", "scheduled"), Step("s0", "scheduled")), said, Tuesday);

        Assert.That(Steps(merge.Merged), Is.EqualTo(new[] { "s1 completed", "s0 scheduled" }));
        Assert.That(merge.Older, Does.Contain("activity/s1").And.Not.Contain("activity/s0"));
    }

    [Test]
    public void A_visit_between_two_others_updates_what_only_the_older_one_spoke_of()
    {
        var (first, saidFirst) = Written(Plan(Step("s1", "scheduled")), Tuesday);
        var second = Merge.Apply(first, Plan(Step("s2", "completed")), saidFirst, Friday);

        var merge = Merge.Apply(second.Merged, Plan(Step("s1", "completed"), Step("s2", "scheduled")), second.Said, Tuesday.AddDays(1));

        Assert.That(Steps(merge.Merged), Is.EqualTo(new[] { "s1 completed", "s2 completed" }));
    }

    [Test]
    public void A_step_that_a_clinician_has_completed_stays_completed_when_the_visit_only_repeats_it()
    {
        var (_, said) = Written(Plan(Step("s1", "scheduled")), Tuesday);
        var byClinician = Plan(Step("s1", "completed"));

        var merge = Merge.Apply(byClinician, Plan(Step("s1", "scheduled")), said, Friday);

        Assert.That(Steps(merge.Merged), Is.EqualTo(new[] { "s1 completed" }));
        Assert.That(merge.Changed, Is.False);
    }

    [Test]
    public void What_others_added_comes_out_as_it_went_in()
    {
        const string Theirs = """
            {"resourceType":"CarePlan","id":"7","meta":{"versionId":"3"},"extension":[{"url":"urn:theirs","valueString":"keep"}],"status":"active","intent":"plan",
             "subject":{"reference":"Patient/p1"},"goal":[{"reference":"Goal/g0"}],"activity":[{"detail":{"status":"scheduled","description":"Physiotherapy"}},
             {"progress":[{"text":"seen by the nurse"}],"detail":{"extension":[{"url":"KEY","valueString":"s1"}],"status":"scheduled","description":"s1"}}],"note":[{"text":"See cardiology"}],"x-vendor":{"a":1}}
            """;
        var inEhr = Parse(Theirs.Replace("KEY", Key, StringComparison.Ordinal));

        var merged = JsonNode.Parse(FhirJson.ToJson(Merge.Apply(inEhr, Plan(Step("s1", "completed")), null, Friday).Merged))!;

        using var together = Assert.EnterMultipleScope();
        Assert.That(merged["extension"]!.ToJsonString(), Does.Contain("urn:theirs"));
        Assert.That(merged["x-vendor"]!.ToJsonString(), Is.EqualTo("""{"a":1}"""));
        Assert.That(merged["note"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(merged["activity"]![0]!["detail"]!["description"]!.ToString(), Is.EqualTo("Physiotherapy"));
        Assert.That(merged["activity"]![1]!["progress"]![0]!["text"]!.ToString(), Is.EqualTo("seen by the nurse"));
        Assert.That(merged["activity"]![1]!["detail"]!["status"]!.ToString(), Is.EqualTo("completed"));
        Assert.That(merged["goal"]!.AsArray().Select(goal => goal!["reference"]!.ToString()), Is.EqualTo(new[] { "Goal/g0", "Goal/g1" }));
    }

    [Test]
    public void References_that_the_server_writes_in_full_are_known_again()
    {
        var inEhr = Parse("""{"resourceType":"CarePlan","id":"7","status":"active","intent":"plan","title":"Plan","subject":{"reference":"Patient/p1"},"goal":[{"reference":"https://ehr.example/fhir/Goal/g1"}]}""");

        var merge = Merge.Apply(inEhr, Plan(), null, Friday);

        Assert.That(((CarePlan)merge.Merged).Goal, Has.Count.EqualTo(1));
    }

    [Test]
    public void Saying_the_same_again_changes_nothing()
    {
        var (inEhr, said) = Written(Plan(Step("s1", "scheduled")), Tuesday);

        Assert.That(Merge.Apply(inEhr, Plan(Step("s1", "scheduled")), said, Friday).Changed, Is.False);
    }

    [Test]
    public void A_narrative_that_software_made_does_not_tell_half_of_the_new_content()
    {
        var withText = Plan(Step("s1", "scheduled"));
        withText.Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">s1</div>" };
        var (inEhr, said) = Written(withText, Tuesday);

        var merge = Merge.Apply(inEhr, Plan(Step("s2", "scheduled")), said, Friday);

        Assert.That(((CarePlan)merge.Merged).Text!.Div, Does.Contain("s1").And.Contain("s2"));
    }

    [TestCase("""{"detail":{"status":"in-progress","doNotPerform":true,"description":"NSAIDs"}}""", "<p>Step: do not do this: NSAIDs, in progress</p>")]
    [TestCase("""{"detail":{"status":"in-progress","code":{"coding":[{"code":"1","display":"Physiotherapy"}]}}}""", "<p>Step: Physiotherapy, in progress</p>")]
    [TestCase("""{"detail":{"status":"scheduled","productCodeableConcept":{"text":"Walker"}}}""", "<p>Step: Walker, scheduled</p>")]
    [TestCase("""{"detail":{"kind":"Appointment","status":"scheduled","scheduledTiming":{"repeat":{"frequency":1}}}}""", null)]
    [TestCase("""{"reference":{"reference":"ServiceRequest/1","display":"Meals <on wheels>"}}""", "<p>Referral: Meals &lt;on wheels&gt;</p>")]
    [TestCase("""{"detail":{"status":"scheduled","description":"Bring the form.","performer":[{"reference":"Patient/p1"}]}}""", "<p>Step: Bring the form, patient, scheduled</p>")]
    [TestCase("""{"progress":[{"text":"seen"}]}""", null)]
    public void A_narrative_says_of_what_others_planned_what_they_planned([StringSyntax("Json")] string activity, string? line)
    {
        var inEhr = Parse("""{"resourceType":"CarePlan","id":"7","status":"active","intent":"plan","title":"Plan","subject":{"reference":"Patient/p1"},"goal":[{"reference":"Goal/g0","display":"The garden"}],"activity":[""" + activity + "]}");

        var text = ((CarePlan)Merge.Apply(inEhr, Plan(Step("s1", "scheduled")), null, Friday).Merged).Text!.Div;

        Assert.That(text, Is.EqualTo($"""<div xmlns="http://www.w3.org/1999/xhtml"><p>Plan</p><p>Goal: The garden</p>{line}<p>Step: s1, scheduled</p></div>"""));
    }

    [Test]
    public void A_narrative_that_people_wrote_stays_theirs()
    {
        const string Theirs = """<div xmlns="http://www.w3.org/1999/xhtml">Mine</div>""";
        var inEhr = Plan();
        inEhr.Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = Theirs };

        Assert.That(((CarePlan)Merge.Apply(inEhr, Plan(Step("s1", "scheduled")), null, Friday).Merged).Text!.Div, Is.EqualTo(Theirs));
    }

    [Test]
    public void A_step_that_is_taken_back_and_stays_is_not_named_to_who_reads_of_it()
    {
        var (inEhr, said) = Written(Plan(Step("s1", "scheduled")), Tuesday);
        var byClinician = Plan(Step("s1", "completed"));

        var clash = Merge.Apply(byClinician, said, new Said(Plan(), said.Times)).Clashes.Single();

        Assert.That(clash.ToString(), Does.Not.Contain("s1").And.Contain("completed"), inEhr.TypeName);
    }

    private static (Resource InEhr, Said Said) Written(CarePlan plan, DateTimeOffset visit)
    {
        var first = Merge.Apply(plan, plan, null, visit);
        return (first.Merged, first.Said);
    }

    private static CarePlan Plan(params string[] steps)
    {
        var activity = steps.Length == 0 ? "" : $""","activity":[{string.Join(',', steps)}]""";
        return (CarePlan)Parse("""{"resourceType":"CarePlan","status":"active","intent":"plan","title":"Plan","subject":{"reference":"Patient/p1"},"goal":[{"reference":"Goal/g1"}]""" + activity + "}");
    }

    private static string Step(string key, string status) =>
        $$"""{"detail":{"extension":[{"url":"{{Key}}","valueString":"{{key}}"}],"status":"{{status}}","description":"{{key}}" } }""";

    private static Resource Parse(string json) => FhirJson.Parse<Resource>(json);

    private static IEnumerable<string> Steps(Resource plan) => ((CarePlan)plan).Activity.Select(activity => $"{activity.Detail!.Description} {activity.Detail.Status?.GetLiteral()}");
}
