using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using NUnit.Framework;

namespace ChwFhir.Tests.Planning;

internal sealed class When_other_long_lived_resources_are_merged
{
    private static string Statuses(Resource resource) => resource switch
    {
        Goal goal => $"{goal.LifecycleStatus}",
        Condition condition => condition.ClinicalStatus!.Coding[0].Code!,
        ServiceRequest request => $"{request.Status} {request.Priority}",
        FhirTask task => $"{task.Status} {task.Priority}",
        CarePlan plan => string.Join(", ", plan.Activity.Select(activity => activity.Detail is { } detail ? $"{detail.Status} {detail.Performer.Count} {(detail.Scheduled as Period)?.End}" : "")),
        _ => "",
    };

    private static readonly DateTimeOffset Tuesday = new(2026, 11, 3, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Friday = Tuesday.AddDays(3);

    // What the EHR has after the first visit, what the second says, what must then be there.
    [TestCase("Goal", """{"lifecycleStatus":"active","description":{"text":"garden"}}""", """{"lifecycleStatus":"completed"}""", """{"lifecycleStatus":"completed","description":{"text":"garden"}}""",
        TestName = "A_goal_that_is_reached")]
    [TestCase("Goal", """{"description":{"text":"garden"},"expressedBy":{"reference":"Patient/p1"}}""", """{"description":{"text":"increase outdoor activity"}}""",
        """{"description":{"text":"garden"},"expressedBy":{"reference":"Patient/p1"},"note":[{"text":"increase outdoor activity"}]}""", TestName = "The_patients_words_stay_and_others_stand_beside_them")]
    [TestCase("Goal", """{"description":{"text":"garden"},"expressedBy":{"reference":"Patient/p1"}}""", """{"description":{"text":"sit in the garden"},"expressedBy":{"reference":"Patient/p1"}}""",
        """{"description":{"text":"sit in the garden"},"expressedBy":{"reference":"Patient/p1"}}""", TestName = "The_patient_says_it_in_new_words")]
    [TestCase("Goal", """{"startDate":"2026-10-01","addresses":[{"reference":"Condition/1"}]}""", """{"startDate":"2026-11-01","addresses":[{"reference":"Condition/2"}]}""",
        """{"startDate":"2026-11-01","addresses":[{"reference":"Condition/1"},{"reference":"Condition/2"}]}""", TestName = "What_a_goal_addresses_is_united")]
    [TestCase("Condition", """{"clinicalStatus":{"text":"active"},"verificationStatus":{"text":"confirmed"}}""", """{"clinicalStatus":{"text":"resolved"},"verificationStatus":{"text":"unconfirmed"}}""",
        """{"clinicalStatus":{"text":"resolved"},"verificationStatus":{"text":"confirmed"}}""", TestName = "What_a_clinician_confirmed_stays_confirmed")]
    [TestCase("Task", """{"status":"requested"}""", """{"status":"completed"}""", """{"status":"completed"}""", TestName = "A_referral_that_is_closed")]
    [TestCase("ServiceRequest", """{"status":"active","occurrenceDateTime":"2026-11"}""", """{"status":"active","occurrencePeriod":{"end":"2026-12"}}""", """{"status":"active","occurrencePeriod":{"end":"2026-12"}}""",
        TestName = "A_choice_of_types_has_one_value")]
    [TestCase("RelatedPerson", """{"telecom":[{"system":"phone","value":"1"},{"system":"email","value":"theirs"}]}""", """{"telecom":[{"system":"phone","value":"2"}]}""",
        """{"telecom":[{"system":"phone","value":"1"},{"system":"email","value":"theirs"},{"system":"phone","value":"2"}]}""", TestName = "A_number_of_unknown_origin_stays_beside_the_new_one")]
    public void The_second_visit_is_brought_in(string type, string inEhr, string visit, string expected)
    {
        var merge = Merge.Apply(Of(type, inEhr), Of(type, visit), null, Friday);

        Assert.That(Body(merge.Merged), Is.EqualTo(Body(Of(type, expected))));
    }

    [TestCase(""" ,"meta":{"security":[{"system":"urn:labels","code":"R"}]} """, "", PlanVerb.UseExisting)]
    [TestCase(""" ,"meta":{"security":[{"system":"urn:labels","code":"R"}]} """, """ ,"meta":{"security":[{"system":"urn:labels","code":"SUD"}]} """, PlanVerb.UseExisting)]
    [TestCase(""" ,"meta":{"security":[{"system":"urn:labels","code":"R"}]} """, """ ,"meta":{"security":[{"system":"urn:labels","code":"R"}]} """, PlanVerb.Update)]
    [TestCase("", """ ,"meta":{"security":[{"system":"urn:labels","code":"R"}]} """, PlanVerb.Update)]
    public void What_is_restricted_is_added_only_to_what_is_restricted_too(string ours, string theirs, PlanVerb will)
    {
        var concern = Of("Condition", $$"""{"evidence":[{"detail":[{"display":"Answers to Hunger Vital Sign"}]}]{{ours}}}""");
        var inEhr = Of("Condition", $$"""{"code":{"text":"The fridge is empty"}{{theirs}}}""");

        var (step, _) = UpdateInPlace.Plan(new MappedResource("concern/food-insecurity", concern, "urn:uuid:1", new Identifier("urn:chw", "p1/concern/food-insecurity"), true), new KnownResource("Condition/1", "3", inEhr, null), [], Friday, takesUpdates: true);

        using var together = Assert.EnterMultipleScope();
        Assert.That((step.Will, step.Reference), Is.EqualTo((will, "Condition/1")));
        Assert.That(((Condition?)step.Resource)?.Meta?.Security.Select(label => label.Code), will == PlanVerb.Update ? Is.EqualTo(new[] { "R" }) : Is.Null);
    }

    [Test]
    public void What_a_later_note_leaves_out_opens_nothing_again()
    {
        const string First = """{ "concerns": [ { "id": "c", "domain": "food-insecurity", "status": "resolved" } ], "goals": [ { "id": "g", "text": "Cook again", "status": "completed", "steps": [ { "id": "s", "text": "Buy a pan", "who": "patient", "due": "2026-11-20", "status": "completed" } ] } ], "referrals": [ { "id": "r", "service": "food", "urgency": "urgent", "status": "completed" } ] }""";
        const string Second = """{ "concerns": [ { "id": "c", "domain": "food-insecurity", "text": "No milk" } ], "goals": [ { "id": "g", "text": "Cook again", "steps": [ { "id": "s", "text": "Buy a pan" } ] } ], "referrals": [ { "id": "r", "service": "food", "text": "They called back" } ] }""";
        var (first, second) = (Mapping.Notes.Map(First), Mapping.Notes.Map(Second));

        using var together = Assert.EnterMultipleScope();
        foreach (var mapped in second.Resources.Where(one => one.LongLived && one.Resource is not Encounter))
        {
            var before = first.Resources.Single(one => one.Key == mapped.Key).Resource;
            foreach (var said in new[] { Merge.Apply(before, before, null, Tuesday).Said with { Seen = before }, null })
            {
                var (step, _) = UpdateInPlace.Plan(mapped, new KnownResource($"{before.TypeName}/1", "3", before, said), [], Friday, takesUpdates: true);
                var after = step.Resource ?? before;

                Assert.That(Statuses(after), Is.EqualTo(Statuses(before)), mapped.Key);
            }
        }
    }

    [Test]
    public void What_is_said_late_counts_where_the_visits_since_left_it_out()
    {
        var spoken = Saying.Of([Tells("", Tuesday), Tells("", Friday), Tells(""", "status": "completed" """, Tuesday.AddDays(1))])!;
        var kept = Saying.Of([Tells("", Tuesday), Tells(""", "status": "completed" """, Tuesday.AddDays(1)), Tells("", Friday), Tells(""", "status": "cancelled" """, Tuesday.AddHours(1))])!;
        var opened = Saying.Of([Tells(""", "status": "completed" """, Tuesday), Tells("", Friday), Tells(""", "status": "in-progress" """, Friday.AddDays(1))])!;

        Assert.That(new[] { spoken, kept, opened }.Select(said => Statuses(said.Body)), Is.EqualTo(new[] { "Completed 1 2026-11-20", "Completed 1 2026-11-20", "InProgress 1 2026-11-20" }));

        static VisitWords Tells(string status, DateTimeOffset at)
        {
            var due = at == Tuesday ? """, "who": "patient", "due": "2026-11-20" """ : "";
            var entry = Mapping.Notes.Map($$"""{ "goals": [ { "id": "g", "text": "Cook again", "steps": [ { "id": "s", "text": "Buy a pan"{{due}}{{status}} } ] } ] }""").ToTransaction().Entry.Single(one => one.Resource is CarePlan);
            return new VisitWords(entry.Resource!, at, MappedNote.LeftOut(entry));
        }
    }

    [Test]
    public void Why_a_referral_failed_stays_while_nobody_says_otherwise()
    {
        var tellings = new[] { """, "status": "failed", "text": "No rides on Sundays." """, """, "text": "Called them once more." """ }.Select((said, at) =>
        {
            var entry = Mapping.Notes.Map($$"""{ "referrals": [ { "id": "r", "service": "rides"{{said}} } ] }""").ToTransaction().Entry.Single(one => one.Resource is FhirTask);
            return new VisitWords(entry.Resource!, Tuesday.AddDays(at), MappedNote.LeftOut(entry));
        });

        var task = (FhirTask)Saying.Of(tellings)!.Body;

        Assert.That((task.Status, task.StatusReason?.Text, task.Note.Single().Text), Is.EqualTo(((FhirTask.TaskStatus?)FhirTask.TaskStatus.Failed, "No rides on Sundays.", "Called them once more.")));
    }

    [TestCase("""{ "name": "Food Bank B", "phone": "555-2" }""", "Food Bank B 555-2")]
    [TestCase("""{ "reference": "Organization/7" }""", "")]
    public void An_organization_goes_with_its_own_telephone([System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string other, string contained)
    {
        var tellings = new[] { """{ "name": "Food Bank A", "phone": "555-1" }""", other, "null" }.Select((organization, at) =>
            Mapping.Notes.Map($$"""{ "referrals": [ { "id": "r", "service": "food"{{(organization == "null" ? "" : $", \"organization\": {organization}")}} } ] }""").Resources.Where(one => one.Resource is ServiceRequest or FhirTask).Select(one => (Resource: (DomainResource)one.Resource, At: Tuesday.AddDays(at))).ToList()).ToList();

        using var together = Assert.EnterMultipleScope();
        for (var i = 0; i < 2; i++)
        {
            var said = (DomainResource)Saying.Of(tellings.Select(one => new VisitWords(one[i].Resource, one[i].At, [])))!.Body;
            var first = Merge.Apply(tellings[0][i].Resource, tellings[0][i].Resource, null, Tuesday).Said with { Seen = tellings[0][i].Resource };
            var merged = (DomainResource)Merge.Apply(tellings[0][i].Resource, tellings[1][i].Resource, first, Friday).Merged;
            foreach (var one in new[] { said, merged })
            {
                var holder = one is ServiceRequest request ? request.Performer.Single() : ((FhirTask)one).Owner!;
                Assert.That(string.Join(';', one.Contained.OfType<Organization>().Select(its => $"{its.Name} {its.Telecom.Single().Value}")), Is.EqualTo(contained), one.TypeName);
                Assert.That(holder.Reference, contained.Length > 0 ? Is.EqualTo($"#{one.Contained.Single().Id}") : Is.EqualTo("Organization/7"));
            }
        }
    }

    [Test]
    public void A_telephone_number_of_ours_is_replaced_by_the_new_one()
    {
        var first = Merge.Apply(Of("RelatedPerson", """{"telecom":[{"system":"phone","value":"1"}]}"""), Of("RelatedPerson", """{"telecom":[{"system":"phone","value":"1"}]}"""), null, Tuesday);
        var withTheirs = Of("RelatedPerson", """{"telecom":[{"system":"phone","value":"1"},{"system":"email","value":"theirs"}]}""");

        var merge = Merge.Apply(withTheirs, Of("RelatedPerson", """{"telecom":[{"system":"phone","value":"2"}]}"""), first.Said, Friday);

        Assert.That(((RelatedPerson)merge.Merged).Telecom.Select(telecom => telecom.Value), Is.EqualTo(new[] { "theirs", "2" }));
    }

    [Test]
    public void Why_the_clinic_has_a_referral_wait_does_not_keep_it_from_being_closed()
    {
        var requested = Of("Task", """{"status":"requested"}""");
        var first = Merge.Apply(requested, requested, null, Tuesday);
        var theirs = Of("Task", """{"status":"requested","statusReason":{"text":"on the waiting list"}}""");

        var merge = Merge.Apply(theirs, Of("Task", """{"status":"completed"}"""), first.Said with { Seen = requested }, Friday);

        Assert.That(merge.Clashes, Is.Empty);
        Assert.That(((FhirTask)merge.Merged).Status, Is.EqualTo(FhirTask.TaskStatus.Completed));
    }

    [Test]
    public void Why_a_referral_failed_goes_when_it_is_made_again()
    {
        var failed = Of("Task", """{"status":"failed","statusReason":{"text":"no answer"},"businessStatus":{"text":"failed"}}""");
        var first = Merge.Apply(failed, failed, null, Tuesday);

        var merged = (FhirTask)Merge.Apply(failed, Of("Task", """{"status":"requested"}"""), first.Said with { Seen = failed }, Friday).Merged;

        Assert.That((merged.Status, merged.StatusReason, merged.BusinessStatus), Is.EqualTo((FhirTask.TaskStatus.Requested, (CodeableConcept?)null, (CodeableConcept?)null)));
    }

    [Test]
    public void An_older_visit_does_not_reopen_what_a_newer_one_closed()
    {
        var closed = Merge.Apply(Of("Task", """{"status":"completed"}"""), Of("Task", """{"status":"completed"}"""), null, Friday);

        var merge = Merge.Apply(closed.Merged, Of("Task", """{"status":"requested"}"""), closed.Said, Tuesday);

        Assert.That(merge.Changed, Is.False);
        Assert.That(merge.Older, Is.EqualTo(new[] { "status" }));
    }

    [Test]
    public void Mondays_visit_is_written_down_on_Friday_after_Wednesdays()
    {
        var monday = Of("Task", """{"status":"requested","intent":"order","authoredOn":"2026-11-06T09:00:00-05:00","lastModified":"2026-11-06T09:00:00-05:00"}""");
        var wednesday = Of("Task", """{"status":"completed","intent":"order","authoredOn":"2026-11-04T16:00:00-05:00","lastModified":"2026-11-04T16:00:00-05:00"}""");
        var first = Merge.Apply(monday, monday, null, Tuesday.AddDays(-1));

        var merge = Merge.Apply(monday, wednesday, first.Said with { Seen = monday }, Tuesday.AddDays(1));

        using var together = Assert.EnterMultipleScope();
        Assert.That(((FhirTask)merge.Merged).Status, Is.EqualTo(FhirTask.TaskStatus.Completed));
        Assert.That(ChwFhir.Mapping.Promises.Shipped.Value.Validate(merge.Merged).Errors, Is.Empty);
        Assert.That(((FhirTask)merge.Said.Body).LastModified, Is.EqualTo("2026-11-06T09:00:00-05:00"));
    }

    [Test]
    public void What_a_clinician_changed_stays_when_the_visit_only_repeats_what_was_said_before()
    {
        var first = Merge.Apply(Of("Goal", """{"lifecycleStatus":"active"}"""), Of("Goal", """{"lifecycleStatus":"active"}"""), null, Tuesday);

        var merge = Merge.Apply(Of("Goal", """{"lifecycleStatus":"on-hold"}"""), Of("Goal", """{"lifecycleStatus":"active"}"""), first.Said, Friday);

        Assert.That(((Goal)merge.Merged).LifecycleStatus, Is.EqualTo(Goal.GoalLifecycleStatus.OnHold));
    }

    private static Resource Of(string type, string members)
    {
        var json = JsonNode.Parse(members)!.AsObject();
        json.Insert(0, "resourceType", type);
        return FhirJson.Parse<Resource>(json.ToJsonString());
    }

    private static string Body(Resource resource) => FhirJson.ToJson(resource);
}
