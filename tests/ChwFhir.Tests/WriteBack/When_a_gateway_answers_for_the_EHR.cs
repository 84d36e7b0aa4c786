using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>A maintenance page, or a gateway that has lost the way to the EHR: 404 as HTML for everything, charts that exist included.</summary>
internal sealed class When_a_gateway_answers_for_the_EHR
{
    private TheService service = null!;

    [SetUp]
    public async Task A_note_was_written_before_the_gateway_lost_the_way()
    {
        service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(SomeVisit.Note("before"));
        await service.WorkAsync();
        Assert.That((await service.StatusAsync("before")).State, Is.EqualTo("written"));
    }

    [TearDown]
    public async Task Stop() => await service.DisposeAsync();

    [TestCase(404)]
    [TestCase(403)]
    public async Task A_note_that_waits_goes_on_waiting(int status)
    {
        await service.PostAsync(SomeVisit.Note("n1"));
        service.Ehr.Page = status;
        await service.WorkAsync();
        var meanwhile = await service.StatusAsync("n1");

        service.Ehr.Page = null;
        await service.RunWorkerAsync(async () => (await service.StatusAsync("n1")).State == "written");

        using var together = Assert.EnterMultipleScope();
        Assert.That(meanwhile.State, Is.EqualTo("queued"));
        Assert.That(meanwhile.Attempts, Is.Zero);
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_note_that_comes_is_taken_and_checked_later()
    {
        service.Ehr.Page = 404;

        // Of another patient: whom the EHR has just shown is not asked for again.
        var receipt = await service.ReceiveAsync(SomeVisit.Note("n2", patient: "Patient/p2"));

        Assert.That(receipt, Is.InstanceOf<Receipt.Accepted>());
        Assert.That(((Receipt.Accepted)receipt).Status.Issues.Select(issue => issue.Code), Does.Contain("not-yet-checked"));
    }

    [Test]
    public async Task Asking_rests_after_a_few_pages_in_a_row()
    {
        service.Ehr.Page = 404;
        foreach (var number in Enumerable.Range(2, 6))
            await service.ReceiveAsync(SomeVisit.Note($"n{number}", patient: $"Patient/p{number}"));

        using var together = Assert.EnterMultipleScope();
        Assert.That(service.Endpoint.ReadsRest, Is.True);
        Assert.That(service.Endpoint.State.Trouble?.Word, Is.EqualTo("pages"));
    }
}
