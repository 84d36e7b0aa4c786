using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_transaction_is_run_like_a_batch
{
    private static readonly string[] Types = ["Encounter", "CarePlan", "Goal", "Condition", "Communication", "DocumentReference", "Provenance"];

    [Test]
    public async Task References_that_lead_nowhere_are_put_right_and_later_notes_go_one_by_one()
    {
        await using var service = TheService.Over(new ScriptedEhr { RunsAsBatch = true });
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.WorkAsync(seconds: 2);
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync(seconds: 2);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        foreach (var resource in Types.SelectMany(service.Ehr.All))
            Assert.That(resource.ToJsonString(), Does.Not.Contain("urn:uuid:"), (string?)resource["resourceType"]);
        Assert.That(service.Ehr.Log.Count(line => line == "POST /"), Is.EqualTo(1));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2));
    }

    [TestCase(Fault.Busy)]
    [TestCase(Fault.LoseAnswer)]
    [TestCase(Fault.NeverArrives)]
    public async Task A_correction_without_a_clear_answer_is_made_again_and_is_no_persons_matter(Fault fault)
    {
        await using var service = TheService.Over(new ScriptedEhr { RunsAsBatch = true }, ("Ehr:FirstPause", "00:00:00.050"), ("Ehr:LongestPause", "00:00:00.100"));
        service.Ehr.Next("PUT", fault);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        foreach (var resource in Types.SelectMany(service.Ehr.All))
            Assert.That(resource.ToJsonString(), Does.Not.Contain("urn:uuid:"), (string?)resource["resourceType"]);
    }

    [Test]
    public async Task Where_no_correction_is_taken_a_person_is_told()
    {
        await using var service = TheService.Over(new ScriptedEhr { RunsAsBatch = true, NotDeclared = { "CarePlan.update", "Provenance.update", "DocumentReference.update", "Communication.update", "Goal.update", "Condition.update" } });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        Assert.That((status.State, status.Issues.Where(issue => issue.Severity != "information").Select(issue => issue.Code)), Is.EqualTo(("needs-attention", new[] { "references-left" })));
    }

    [Test]
    public async Task An_entry_that_was_refused_is_folded_and_what_pointed_to_it_points_to_nothing_that_dangles()
    {
        await using var service = TheService.Over(new ScriptedEhr { RunsAsBatch = true, Invalid = resource => (string?)resource["resourceType"] == "Goal" });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 2);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"));
        foreach (var resource in Types.SelectMany(service.Ehr.All))
            Assert.That(resource.ToJsonString(), Does.Not.Contain("urn:uuid:"), (string?)resource["resourceType"]);
    }

    [Test]
    public async Task A_server_that_was_seen_to_resolve_them_is_not_asked_again()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("n1"));
        await service.WorkAsync();
        var before = service.Ehr.Log.Count(IsRead);
        await service.PostAsync(SomeVisit.Note("n2", day: 10));

        await service.WorkAsync();

        Assert.That(before, Is.GreaterThan(0));
        Assert.That(service.Ehr.Log.Count(IsRead), Is.EqualTo(before));
    }

    private static bool IsRead(string line) => line.StartsWith("GET ", StringComparison.Ordinal) && line.Contains("/n", StringComparison.Ordinal);
}
