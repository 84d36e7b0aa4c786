using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_something_is_refused
{
    [Test]
    public async Task What_the_token_may_not_read_is_not_read_and_holds_up_nothing()
    {
        await using var service = TheService.Over(new ScriptedEhr { NoScope = { "CareTeam", "Consent", "Goal", "ServiceRequest", "RelatedPerson", "Practitioner" } });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("care-team-not-read"));
        Assert.That(service.Endpoint.PausedUntil, Is.Null);
    }

    [Test]
    public async Task A_token_that_may_not_read_charts_pauses_everything()
    {
        await using var service = TheService.Over(new ScriptedEhr { NoScope = { "Patient" } });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        Assert.That(((await service.StatusAsync("n1")).State, service.Endpoint.State.Trouble?.Word), Is.EqualTo(("queued", "token-refused")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_type_that_is_not_declared_is_folded_into_the_document(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions, NotDeclared = { "CarePlan.create" } });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        var plan = status.Resources.Single(row => row.Key == "care-plan");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That((plan.State, plan.How), Is.EqualTo(("folded", "EHR does not accept CarePlan.create")));
        Assert.That(plan.Reference, Is.EqualTo(status.Resources.Single(row => row.Key == "note").Reference));
        Assert.That(service.Ehr.Log, Has.None.EqualTo("POST CarePlan"));
        Assert.That(service.Ehr.All("Provenance").Single()["target"]!.ToJsonString(), Does.Contain("care-plan"), "a logical reference, by our identifier");
    }

    [TestCase(405)]
    [TestCase(403)]
    [TestCase(501)]
    public async Task A_type_that_is_declared_and_refused_is_learned_and_not_tried_again(int status)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, Refused = { ["POST Goal"] = status } });
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();
        await service.RestartAsync();
        await service.PostAsync(SomeVisit.Note("n3", day: 17));
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        foreach (var id in new[] { "n1", "n2", "n3" })
            Assert.That((await service.StatusAsync(id)).State, Is.EqualTo("written"), id);
        Assert.That((await service.StatusAsync("n3")).Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Goal"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_entry_that_a_transaction_is_refused_for_is_folded_and_the_rest_written()
    {
        await using var service = TheService.Over(new ScriptedEhr { Invalid = resource => (string?)resource["resourceType"] == "Communication" });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Where(row => row.State == "folded").Select(row => row.Key), Is.EqualTo(new[] { "message/m1" }));
        Assert.That(status.Resources.Single(row => row.Key == "message/m1").How, Does.Contain("422"));
        Assert.That(status.Resources.Where(row => row.Key != "message/m1").Select(row => row.State), Is.All.EqualTo("written"));
    }

    [Test]
    public async Task Transactions_that_are_refused_as_such_are_learned_and_notes_go_one_by_one()
    {
        await using var service = TheService.Over(new ScriptedEhr { Refused = { ["POST /"] = 405 } });
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST /"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_document_that_is_refused_waits_for_a_person_and_everything_else_is_written()
    {
        await using var service = TheService.Over(new ScriptedEhr { Invalid = resource => (string?)resource["resourceType"] == "DocumentReference" });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();
        var refused = await service.StatusAsync("n1");
        service.Ehr.Invalid = _ => false;
        await service.Journey.RetryAsync("n1", default);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(refused.State, Is.EqualTo("needs-attention"));
        Assert.That(refused.Resources.Single(row => row.Key == "note").State, Is.EqualTo("refused"));
        Assert.That(refused.Resources.Where(row => row.Key != "note").Select(row => row.State), Is.All.EqualTo("written"));
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"), "after a person said to try again");
        Assert.That(service.Ehr.All("Communication"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_endpoint_that_takes_no_updates_gets_no_second_plan()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "CarePlan.update", "Goal.update", "Condition.update" } });
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(service.Ehr.All("CarePlan"), Has.Count.EqualTo(1));
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That((await service.StatusAsync("n2")).Resources.Single(row => row.Key == "care-plan").State, Is.EqualTo("folded"));
    }

    [Test]
    public async Task Several_resources_where_there_must_be_one_are_a_persons_matter()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.WorkAsync();
        var twin = service.Ehr.All("CarePlan").Single().DeepClone().AsObject();
        twin["id"] = "twin";
        service.Ehr.Put(twin.ToJsonString());
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();

        var status = await service.StatusAsync("n2");
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("duplicate-in-ehr"));
    }

    [Test]
    public async Task While_the_endpoint_is_down_one_probe_goes_out_and_no_note_loses_an_attempt()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        foreach (var patient in Enumerable.Range(2, 20))
            service.Ehr.Put($$"""{"resourceType":"Patient","id":"p{{patient}}"}""");
        service.Ehr.IsDown = true;
        foreach (var patient in Enumerable.Range(2, 20))
            await service.PostAsync(SomeVisit.Note($"n{patient}", patient: $"Patient/p{patient}"));
        var before = service.Ehr.Log.Count;

        await service.WorkAsync();

        var probes = service.Ehr.Log.Count - before;
        service.Ehr.IsDown = false;
        await service.WorkAsync(seconds: 10);
        using var together = Assert.EnterMultipleScope();
        Assert.That(probes, Is.LessThanOrEqualTo(1));
        foreach (var patient in Enumerable.Range(2, 20))
        {
            var status = await service.StatusAsync($"n{patient}");
            Assert.That((status.State, status.Attempts), Is.EqualTo(("written", 1)));
            Assert.That(status.Issues.Select(issue => issue.Code), Has.None.EqualTo("not-yet-checked"));
        }
    }

    [Test]
    public async Task A_busy_endpoint_gets_the_note_later_and_once()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Next("POST /", Fault.Busy);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        Assert.That((status.State, status.Attempts), Is.EqualTo(("written", 1)));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_write_that_always_fails_ends_with_a_person()
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("WriteBack:MaxAttempts", "2"));
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2"}""");
        await service.PostAsync(SomeVisit.Note("n0", patient: "Patient/p2"));
        await service.WorkAsync();
        service.Ehr.Next("POST /", Fault.Fails);
        service.Ehr.Next("POST /", Fault.Fails);
        service.Ehr.Next("POST /", Fault.Fails);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("gave-up"));
    }

    [Test]
    public async Task A_note_that_needs_a_person_does_not_hold_up_the_next()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var wrong = SomeVisit.Note("n1");
        wrong["patient"]!["check"] = new JsonObject { ["familyName"] = "Somebody else" };
        await service.PostAsync(wrong);
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("needs-attention"));
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
    }

    [TestCase(403)]
    [TestCase(404)]
    public async Task What_was_written_and_cannot_be_read_any_more_is_not_made_a_second_time(int status)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false, Refused = { ["GET Condition"] = status } });
        foreach (var (id, day) in new[] { ("n1", 3), ("n2", 10), ("n3", 17) })
        {
            await service.PostAsync(SomeVisit.Note(id, day));
            await service.WorkAsync();
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That(service.Ehr.All("Condition"), Has.Count.EqualTo(1));
        Assert.That((await service.StatusAsync("n3")).State, Is.EqualTo("written"));
        Assert.That((await service.StatusAsync("n3")).Resources.Single(row => row.Key == "concern/food").State, Is.EqualTo("folded"));
    }

    [Test]
    public async Task A_server_that_answers_a_create_with_200_gets_nothing_twice()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false, Created = 200, Refused = { ["GET Condition"] = 403 } });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        using var together = Assert.EnterMultipleScope();
        Assert.That(service.Ehr.All("Condition"), Has.Count.EqualTo(1));
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_plan_whose_goals_are_not_taken_names_each_once_however_many_visits_there_are()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "Goal.create", "Condition.create" } });
        foreach (var (id, day) in new[] { ("n1", 3), ("n2", 10), ("n3", 17) })
        {
            await service.PostAsync(SomeVisit.Note(id, day));
            await service.WorkAsync();
        }

        var plan = service.Ehr.All("CarePlan").Single();
        using var together = Assert.EnterMultipleScope();
        Assert.That(plan["goal"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(plan["addresses"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.Log.Count(line => line == "PUT CarePlan"), Is.Zero);
    }

    [Test]
    public async Task A_search_that_the_EHR_never_says_is_whole_does_not_hold_the_note_for_ever()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.Remarks["Goal"] = """{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"incomplete","details":{"coding":[{"code":"4119"}]}}]}""";
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"), "it may be there already, and a second one is never made");
    }

    [Test]
    public async Task A_chart_on_which_the_EHR_always_fails_comes_to_a_person_while_others_are_written()
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("WriteBack:MaxAttempts", "3"));
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2"}""");
        service.Ehr.Sick.Add("Patient/p2");
        await service.PostAsync(SomeVisit.Note("sick", patient: "Patient/p2"));
        for (var day = 3; day < 9; day++)
        {
            await service.PostAsync(SomeVisit.Note($"n{day}", day));
            await service.WorkAsync(seconds: 0.3);
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n8")).State, Is.EqualTo("written"));
        Assert.That((await service.StatusAsync("sick")).State, Is.EqualTo("needs-attention"));
    }

    [Test]
    public async Task A_chart_that_failed_twice_is_tried_again_soon()
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("WriteBack:LongestWait", "00:10:00"));
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2"}""");
        service.Ehr.Sick.Add("Patient/p2");
        await service.PostAsync(SomeVisit.Note("sick", patient: "Patient/p2"));
        for (var day = 3; day < 6; day++)
        {
            await service.PostAsync(SomeVisit.Note($"n{day}", day));
            await service.WorkAsync(seconds: 0.1);
        }
        Assert.That((await service.StatusAsync("sick")).Attempts, Is.GreaterThan(0), "it failed while others were answered");

        service.Ehr.Sick.Clear();
        await service.WorkAsync(seconds: 3);

        Assert.That((await service.StatusAsync("sick")).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_404_that_speaks_of_this_resource_says_nothing_of_the_others()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false });
        service.Ehr.NotFound = resource => (string?)resource["resourceType"] == "DocumentReference" && service.Ehr.All("DocumentReference").Count == 0;
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.WorkAsync();
        service.Ehr.NotFound = _ => false;
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("needs-attention"));
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
    }
}
