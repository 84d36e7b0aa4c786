using System.Diagnostics;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_an_answer_is_lost
{
    [TestCase(true, true)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task What_the_EHR_did_is_found_and_not_sent_again(bool transactions, bool conditional)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions, ConditionalCreates = conditional });
        service.Ehr.Next(transactions ? "POST /" : "POST Communication", Fault.LoseAnswer);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        await AssertWrittenOnceAsync(service);
        Assert.That(service.Ehr.Log.Count(line => line == (transactions ? "POST /" : "POST Communication")), Is.EqualTo(1));
    }

    [TestCase(true, true)]
    [TestCase(false, true)]
    public async Task What_never_arrived_is_sent_again_after_a_search(bool transactions, bool conditional)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions, ConditionalCreates = conditional });
        await WriteAnotherPatientsAsync(service);
        service.Ehr.Next(transactions ? "POST /" : "POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        await AssertWrittenOnceAsync(service, others: 1);
        var outcomes = (await service.HistoryAsync("n1")).First(row => row.Outcomes.Any(outcome => outcome.Word == OutcomeWord.Unknown)).Outcomes;
        using var together = Assert.EnterMultipleScope();
        Assert.That(outcomes.Select(outcome => $"{outcome.Word}"), Is.EqualTo(new[] { "Unknown", "Unknown", "Absent" }), "a condition on the repeat replaces no search");
        Assert.That(outcomes[1].At - outcomes[0].At, Is.GreaterThanOrEqualTo(2 * TheService.Timeout), "the first may still be running");
        Assert.That(outcomes[2].At - outcomes[1].At, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(150)), "SettleAfter lies between the searches");
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task Absence_is_made_sure_by_the_stores_clock_whatever_this_process_takes_the_time_for(int hoursAhead)
    {
        await using var service = TheService.WithStoreAhead(TimeSpan.FromHours(hoursAhead), new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        await WriteAnotherPatientsAsync(service);
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        await AssertWrittenOnceAsync(service, others: 1);
        var outcomes = (await service.HistoryAsync("n1")).First(row => row.Outcomes.Any(outcome => outcome.Word == OutcomeWord.Unknown)).Outcomes;
        using var together = Assert.EnterMultipleScope();
        Assert.That(outcomes.Select(outcome => $"{outcome.Word}"), Is.EqualTo(new[] { "Unknown", "Unknown", "Absent" }));
        Assert.That(outcomes[1].At - outcomes[0].At, Is.GreaterThanOrEqualTo(2 * TheService.Timeout));
        Assert.That(outcomes[2].At - outcomes[1].At, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(150)));
    }

    [Test]
    public async Task A_look_for_evidence_that_got_no_answer_says_nothing_of_the_search()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false }, ("WriteBack:SettleAfter", "00:10:00"));
        service.Ehr.Next("GET Communication", Fault.NeverArrives);
        await WriteAnotherPatientsAsync(service);
        var capabilities = (await service.Part<EhrConnection>().CapabilitiesAsync(default))!;

        var shows = await service.Part<SearchProof>().TryAsync("Communication", SearchEvidence.ByIdentifier, capabilities, default);

        Assert.That(shows, Is.True, "it is asked again at once, not when the wait is over");
    }

    [Test]
    public async Task Without_conditional_creates_absence_is_made_sure_by_two_searches_on_a_type_that_search_has_shown()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1"));
        await service.WorkAsync();
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Communication"), Has.Count.EqualTo(2));
        var lost = (await service.HistoryAsync("n2")).First(row => row.Keys.Contains("message/m1"));
        Assert.That(lost.Outcomes.Select(outcome => $"{outcome.Word}"), Is.EqualTo(new[] { "Unknown", "Unknown", "Absent" }));
    }

    [Test]
    public async Task On_a_type_that_search_has_never_shown_a_person_decides_and_the_rest_goes_on()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Resources.Where(row => row.State == "unknown").Select(row => row.Key), Is.EqualTo(new[] { "message/m1" }));
        Assert.That(status.Resources.Where(row => row.Key != "message/m1").Select(row => row.State), Is.All.EqualTo("written"));
        Assert.That(service.Ehr.All("Communication"), Is.Empty);
    }

    [Test]
    public async Task Of_two_writes_of_a_note_that_nobody_can_tell_neither_is_sent_again()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST Encounter", Fault.NeverArrives);
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 8);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.Resources.Where(row => row.State == "unknown").Select(row => row.Key), Is.EquivalentTo(new[] { "encounter", "message/m1" }));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Communication"), Is.EqualTo(1));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Encounter"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_goal_that_may_or_may_not_be_there_is_not_made_a_second_time_by_the_next_visit()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST Goal", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("needs-attention"));
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That((await service.StatusAsync("n2")).Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST Goal"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_unknown_and_is_surely_absent_now_is_no_longer_shown_as_unknown()
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = false, ConditionalCreates = false });
        service.Ehr.Next("POST Communication", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync(seconds: 5);
        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Key == "message/m1").State, Is.EqualTo("unknown"));
        await service.PostAsync(SomeVisit.Note("n2", day: 10));
        await service.WorkAsync(seconds: 5);
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"), "by it the service knows what this search shows");
        service.Ehr.Invalid = resource => (string?)resource["resourceType"] == "Communication";

        // A search that showed nothing a moment ago is not asked again at once.
        var status = await service.StatusAsync("n1");
        for (var patience = Stopwatch.StartNew(); status.State != "written" && patience.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(100))
        {
            await service.Journey.RetryAsync("n1", default);
            await service.WorkAsync(seconds: 5);
            status = await service.StatusAsync("n1");
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Single(row => row.Key == "message/m1").State, Is.EqualTo("folded"));
    }

    [Test]
    public async Task What_a_visit_said_is_remembered_though_its_answer_was_lost_and_an_older_visit_comes_late()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("n1", day: 3, step: "s1", status: "scheduled"));
        await service.WorkAsync();
        service.Ehr.Next("POST /", Fault.LoseAnswer);
        await service.PostAsync(SomeVisit.Note("n3", day: 17, step: "s1", status: "completed"));
        await service.WorkAsync(seconds: 3);
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s1", status: "in-progress"));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n3")).State, Is.EqualTo("written"));
        Assert.That((string?)service.Ehr.All("CarePlan").Single()["activity"]![0]!["detail"]!["status"], Is.EqualTo("completed"));
        Assert.That((await service.StatusAsync("n2")).Issues.Select(issue => issue.Code), Does.Contain("older-visit"));
    }

    [Test]
    public async Task While_its_holder_waits_for_the_EHR_nobody_takes_the_lane_over()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Next("GET CareTeam", Fault.Hangs);
        await service.PostAsync(SomeVisit.Note());

        _ = service.WorkAsync();
        await service.Ehr.Hung.WaitAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(TimeSpan.FromSeconds(1.5));

        Assert.That(await service.Store.ClaimAsync(BaseUrl, "another", TimeSpan.FromSeconds(1), default), Is.Null, "the lease of 0.6 s was renewed");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_process_that_died_between_intent_and_outcome_is_followed_by_one_that_finds_out(bool transactions)
    {
        await using var service = TheService.Over(new ScriptedEhr { Transactions = transactions });
        service.Ehr.Next("POST", Fault.Hangs);
        await service.PostAsync(SomeVisit.Note());

        var worker = service.WorkAsync();
        await service.Ehr.Hung.WaitAsync(TimeSpan.FromSeconds(10));
        await service.RestartAsync();
        Assert.That((await service.HistoryAsync("n1")).Single().Outcomes, Is.Empty, "the intent stands without an outcome");
        await service.WorkAsync(seconds: 5);

        Assert.That(worker.IsCompleted, Is.False, "who sent it is gone");
        await AssertWrittenOnceAsync(service);
    }

    // What the server's search shows is known from it.
    private static async Task WriteAnotherPatientsAsync(TheService service)
    {
        service.Ehr.Put("""{"resourceType":"Patient","id":"p2"}""");
        await service.PostAsync(SomeVisit.Note("n0", patient: "Patient/p2"));
        await service.WorkAsync();
    }

    private static async Task AssertWrittenOnceAsync(TheService service, int others = 0)
    {
        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join('\n', status.Issues.Select(issue => issue.Detail)));
        foreach (var type in new[] { "Encounter", "CarePlan", "Goal", "Condition", "Communication", "DocumentReference", "Provenance" })
            Assert.That(service.Ehr.All(type), Has.Count.EqualTo(1 + others), type);
    }
}
