using ChwFhir.Fhir;
using ChwFhir.Mapping;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_resource_of_ours_is_not_valid
{
    // The mapping never writes it.
    private static readonly Lazy<FhirValidation> Strict = SomePromises.Asking(OwnProfiles.Goal, "Goal", "statusReason", """{ "min": 1 }""");

    [Test]
    public async Task It_is_not_sent_as_itself_and_a_person_is_told()
    {
        await using var service = TheService.Promising(Strict, new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Single(issue => issue.Code == "not-valid").Detail, Does.Contain("goal/garden").And.Contain("statusReason"));
        Assert.That(service.Ehr.All("Goal"), Is.Empty);
        Assert.That(status.Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"), "its words stand in the document");
        Assert.That(status.Resources.Where(row => row.Key != "goal/garden").Select(row => row.State), Is.All.EqualTo("written"));
    }

    [Test]
    public async Task A_person_may_close_it_and_the_note_ends()
    {
        await using var service = TheService.Promising(Strict, new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        var again = await service.Journey.ResolveAsync("n1", new NoteDecision("goal/garden", "send-again"), "supervisor", default);
        var other = await service.Journey.ResolveAsync("n1", new NoteDecision("concern/food", "close-unwritten", Reason: "no"), "supervisor", default);
        var closed = await service.Journey.ResolveAsync("n1", new NoteDecision("goal/garden", "close-unwritten", Reason: "its words stand in the note"), "supervisor", default);
        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(again, Is.InstanceOf<ResolveResult.Invalid>());
        Assert.That(other, Is.InstanceOf<ResolveResult.Invalid>(), "nothing is wrong with it");
        Assert.That(closed, Is.InstanceOf<ResolveResult.Kept>());
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Not.Contain("not-valid"));
        Assert.That(status.Resources.Single(row => row.Key == "goal/garden").State, Is.EqualTo("folded"));
        Assert.That(service.Ehr.All("Goal"), Is.Empty);
    }

    [Test]
    public async Task A_later_version_that_keeps_to_it_sends_it_when_somebody_tries_again()
    {
        await using var service = TheService.Promising(Strict, new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        await service.RestartAsync(Promises.Shipped);
        await service.Journey.RetryAsync("n1", default);
        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Not.Contain("not-valid"));
    }
}
