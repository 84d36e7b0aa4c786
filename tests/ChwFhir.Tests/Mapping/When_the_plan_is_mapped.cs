using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_the_plan_is_mapped
{
    private const string Plan = """
        { "programme": { "id": "impact", "name": "IMPACT", "start": "2026-03-01", "end": "2026-09-01" },
          "concerns": [ { "id": "food", "domain": "food-insecurity", "text": "Runs out" } ],
          "goals": [ { "id": "garden", "text": "Sit in the garden", "wordsOf": "patient", "due": "2026-12-01T10:00:00-05:00", "achievement": "in-progress", "addresses": ["food"], "steps": [ { "id": "s1", "text": "Call the pantry", "who": "chw", "due": "2026-11-06", "status": "scheduled" } ] } ],
          "referrals": [ { "id": "pantry", "service": "food-pantry", "organization": { "name": "Harvest", "phone": "555-2" }, "reason": "food", "status": "requested" } ],
          "education": [ { "topic": "Reading labels", "teachBack": "can-explain" } ], "followUp": { "nextVisit": "2026-11-17", "text": "Bring the list" } }
        """;

    [Test]
    public void One_plan_of_the_programme_holds_steps_referrals_lessons_and_the_next_visit()
    {
        var mapped = Notes.Map(Plan, Notes.TheChart with { CareTeam = "CareTeam/t1" });

        var plan = mapped.The<CarePlan>("care-plan");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Identifier[0].Value, Is.EqualTo("p1/impact/care-plan"));
            Assert.That(plan.Period!.End, Is.EqualTo("2026-09-01"));
            Assert.That(plan.Author!.Reference, Is.EqualTo("Practitioner/chw-1"));
            Assert.That(plan.CareTeam[0].Reference, Is.EqualTo("CareTeam/t1"));
            Assert.That(plan.Goal[0].Reference, Is.EqualTo(mapped.Url("goal/garden")));
            Assert.That(plan.Addresses[0].Reference, Is.EqualTo(mapped.Url("concern/food")));
            Assert.That(plan.Activity.Where(activity => activity.Detail is not null).Select(activity => ((FhirString)activity.Detail!.Extension[0].Value!).Value), Does.Contain("goal/garden/s1").And.Contain("follow-up"));
            Assert.That(plan.Activity.Single(activity => activity.Reference is not null).Reference!.Reference, Is.EqualTo(mapped.Url("referral/pantry")));
            Assert.That(plan.Activity[0].Detail!.Performer[0].Reference, Is.EqualTo("Practitioner/chw-1"));
            Assert.That(((Period)plan.Activity[0].Detail!.Scheduled!).End, Is.EqualTo("2026-11-06"));
            Assert.That(mapped.Resources.Single(one => one.Key == "care-plan").LongLived);
        }
    }

    [Test]
    public void A_goal_keeps_the_patients_words_and_who_said_them()
    {
        var mapped = Notes.Map(Plan);

        var goal = mapped.The<Goal>("goal/garden");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(goal.Description!.Text, Is.EqualTo("Sit in the garden"));
            Assert.That(goal.ExpressedBy!.Reference, Is.EqualTo("Patient/p1"));
            Assert.That(((Date)goal.Target[0].Due!).Value, Is.EqualTo("2026-12-01"));
            Assert.That(goal.Addresses[0].Reference, Is.EqualTo(mapped.Url("concern/food")));
        }
    }

    [Test]
    public void A_clinicians_wording_stands_beside_the_patients()
    {
        var chart = Notes.TheChart with { Held = [new HeldKey("goal/garden", "sit in the garden", default, "Sit in the garden")] };

        var goal = Notes.Map("""{ "goals": [ { "id": "garden", "text": "Increase outdoor mobility", "wordsOf": "clinician" } ] }""", chart).The<Goal>("goal/garden");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(goal.Description!.Text, Is.EqualTo("Sit in the garden"));
            Assert.That(goal.Note[0].Text, Does.Contain("Increase outdoor mobility"));
            Assert.That(goal.ExpressedBy, Is.Null);
        }
    }

    [TestCase("Sit in the yard and the garden", "goal/garden", false)]
    [TestCase("Learn how to drive", "goal/garden.2", true)]
    public void An_id_used_again_for_something_else_is_kept_apart(string text, string key, bool reused)
    {
        var chart = Notes.TheChart with { Held = [new HeldKey("goal/garden", "sit in the garden", default)] };

        var mapped = Notes.Map($$"""{ "goals": [ { "id": "garden", "text": "{{text}}" } ] }""", chart);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Where(one => one.Resource is Goal).Select(one => one.Key), Is.EqualTo(new[] { key }));
            Assert.That(mapped.Codes().Contains("id-reused"), Is.EqualTo(reused));
        }
    }

    [Test]
    public void A_concern_is_a_health_concern_that_nobody_confirmed()
    {
        var concern = Notes.Map(Plan).The<Condition>("concern/food");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(concern.VerificationStatus.Has("http://terminology.hl7.org/CodeSystem/condition-ver-status", "unconfirmed"));
            Assert.That(concern.Category.Has("http://hl7.org/fhir/us/core/CodeSystem/condition-category", "health-concern"));
            Assert.That(concern.Code.Has("http://hl7.org/fhir/sid/icd-10-cm", "Z59.41"));
            Assert.That(concern.Code!.Text, Is.EqualTo("Runs out"));
        }
    }

    [Test]
    public void A_caregivers_own_need_has_no_code_in_the_patients_chart()
    {
        var concern = Notes.Map("""{ "concerns": [ { "id": "c", "domain": "food-insecurity", "about": "caregiver", "okInChart": true } ] }""").The<Condition>("concern/c");

        Assert.That(concern.Code!.Coding, Is.Empty);
    }

    [TestCase("requested", FhirTask.TaskStatus.Requested, RequestStatus.Active)]
    [TestCase("received", FhirTask.TaskStatus.Requested, RequestStatus.Active)]
    [TestCase("ready", FhirTask.TaskStatus.Accepted, RequestStatus.Active)]
    [TestCase("rejected", FhirTask.TaskStatus.Rejected, RequestStatus.Revoked)]
    [TestCase("completed", FhirTask.TaskStatus.Completed, RequestStatus.Completed)]
    public void A_referral_is_a_request_and_a_task_that_says_how_far_it_is(string status, FhirTask.TaskStatus task, RequestStatus request)
    {
        var mapped = Notes.Map(Plan.Replace("\"requested\"", $"\"{status}\"", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.The<FhirTask>("referral/pantry/task").Status, Is.EqualTo(task));
            Assert.That(mapped.The<FhirTask>("referral/pantry/task").Focus!.Reference, Is.EqualTo(mapped.Url("referral/pantry")));
            Assert.That(mapped.The<ServiceRequest>("referral/pantry").Status, Is.EqualTo(request));
            Assert.That(mapped.The<ServiceRequest>("referral/pantry").ReasonReference[0].Reference, Is.EqualTo(mapped.Url("concern/food")));
            Assert.That(((Organization)mapped.The<ServiceRequest>("referral/pantry").Contained[0]).Name, Is.EqualTo("Harvest"));
        }
    }

    [Test]
    public void An_organization_of_which_only_the_phone_is_known_is_named_by_it()
    {
        var request = Notes.Map("""{ "referrals": [ { "service": "rides", "organization": { "phone": "555-0188" }, "status": "requested" }, { "service": "food-pantry", "organization": { "name": "Harvest" }, "status": "requested" } ] }""").Resources.Select(one => one.Resource).OfType<ServiceRequest>().ToList();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(request[0].Contained, Is.Empty);
        Assert.That(request[0].Performer[0].Display, Is.EqualTo("phone 555-0188"));
        Assert.That(request[1].Contained, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_instruction_about_a_dose_goes_to_clinicians_as_a_question()
    {
        var mapped = Notes.Map("""{ "goals": [ { "id": "g", "text": "Sleep", "steps": [ { "id": "s", "text": "Stop the water pills in the evening", "who": "patient" } ] } ] }""");

        var step = mapped.The<CarePlan>("care-plan").Activity[0].Detail!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(step.Description, Does.StartWith("Question for the clinicians"));
            Assert.That(step.Performer[0].Reference, Is.Null);
            Assert.That(mapped.Codes(), Does.Contain("scope-of-practice"));
            Assert.That(mapped.The<Communication>("message/medication-question").Recipient, Has.Count.GreaterThan(0));
            Assert.That(mapped.Resources.Select(one => one.Resource.TypeName), Has.None.StartWith("Medication"));
        }
    }

    [TestCase("Ask the nurse whether to stop the pills", false)]
    [TestCase("Start the walk after lunch", false)]
    [TestCase("Increase insulin by two units", true)]
    public void Only_what_reads_like_an_instruction_about_medicine_is_one(string step, bool question)
    {
        var mapped = Notes.Map($$"""{ "goals": [ { "id": "g", "text": "Well", "steps": [ { "text": "{{step}}" } ] } ] }""");

        Assert.That(mapped.Codes().Contains("scope-of-practice"), Is.EqualTo(question));
    }
}
