using NUnit.Framework;
using static ChwFhir.Tests.WriteBack.ScriptedEhr;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_the_EHR_keeps_none_of_our_identifiers
{
    private static ScriptedEhr Ehr() => new()
    {
        Transactions = false,
        ConditionalCreates = false,
        Rewrites = true,
        NotDeclared = { "CarePlan.create", "Goal.create", "Condition.create", "Communication.create", "Provenance.create" },
    };

    [Test]
    public async Task A_document_whose_answer_was_lost_is_found_by_its_last_line_in_what_the_EHR_made_of_it()
    {
        await using var service = TheService.Over(Ehr());
        service.Ehr.Next("POST DocumentReference", Fault.LoseAnswer);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(1));
        Assert.That(status.Resources.Single(row => row.Key == "note").Reference, Is.EqualTo($"DocumentReference/{service.Ehr.All("DocumentReference").Single()["id"]}"));
        Assert.That(status.Resources.Single(row => row.Key == "care-plan").State, Is.EqualTo("folded"));
    }

    [TestCase(Fault.LoseAnswer, "written")]
    [TestCase(Fault.NeverArrives, "unknown")]
    public async Task A_clinicians_note_that_ends_with_a_copy_of_ours_does_not_count_as_ours(Fault fault, string becomes)
    {
        await using var service = TheService.Over(Ehr());
        await service.PostAsync(SomeVisit.Note("n0", day: 1));
        await service.WorkAsync(seconds: 2);
        service.Ehr.Next("POST DocumentReference", fault);
        var words = string.Concat(Enumerable.Repeat("Seen in clinic, stable, continue as before. ", 12));
        var copy = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"<html><body><p>{words}</p><p>CHW note ref n1/note</p></body></html>"));
        service.Ehr.Put($$"""{"resourceType":"Binary","id":"copied","contentType":"text/html","data":"{{copy}}"}""");
        service.Ehr.Put("""{"resourceType":"DocumentReference","id":"clinicians","status":"current","date":"2099-01-01T10:00:00Z","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/html","url":"Binary/copied"}}]}""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 6);

        var row = (await service.StatusAsync("n1")).Resources.Single(row => row.Key == "note");
        Assert.That(row.State, Is.EqualTo(becomes));
        Assert.That(row.Reference, Is.Not.EqualTo("DocumentReference/clinicians"));
    }

    [Test]
    public async Task A_document_that_never_arrived_is_sent_again_once_another_one_was_seen_by_its_line()
    {
        await using var service = TheService.Over(Ehr());
        await service.PostAsync(SomeVisit.Note("n0", day: 1));
        await service.WorkAsync();
        service.Ehr.Next("POST DocumentReference", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("DocumentReference"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_text_that_the_EHR_does_not_give_away_may_be_ours_and_a_person_decides()
    {
        await using var service = TheService.Over(Ehr());
        await service.PostAsync(SomeVisit.Note("n0", day: 1));
        await service.WorkAsync();
        service.Ehr.Put("""{"resourceType":"DocumentReference","id":"closed","status":"current","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/html","url":"Binary/not-for-us"}}]}""");
        service.Ehr.Next("POST DocumentReference", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        Assert.That((await service.StatusAsync("n1")).Resources.Single(row => row.Key == "note").State, Is.EqualTo("unknown"));
        Assert.That(service.Ehr.Log.Count(line => line == "POST DocumentReference"), Is.EqualTo(2));
    }

    [Test]
    public async Task Each_text_of_a_long_chart_is_read_once()
    {
        await using var service = TheService.Over(Ehr());
        for (var old = 0; old < 30; old++)
        {
            service.Ehr.Put($$"""{"resourceType":"Binary","id":"x{{old}}","contentType":"text/html","data":"PGI+T2xkPC9iPg=="}""");
            service.Ehr.Put($$"""{"resourceType":"DocumentReference","id":"d{{old}}","status":"current","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/html","url":"Binary/x{{old}}" } }]}""");
        }
        await service.PostAsync(SomeVisit.Note("n0", day: 1));
        await service.WorkAsync();
        service.Ehr.Next("POST DocumentReference", Fault.NeverArrives);
        await service.PostAsync(SomeVisit.Note("n1", day: 3));

        await service.WorkAsync(seconds: 5);

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.Log.Where(line => line.StartsWith("GET Binary/x", StringComparison.Ordinal)), Is.Unique.And.Not.Empty);
    }

    [Test]
    public async Task A_document_filed_long_before_is_not_read_at_all()
    {
        await using var service = TheService.Over(Ehr());
        service.Ehr.Put("""{"resourceType":"DocumentReference","id":"old","status":"current","date":"2019-01-01T10:00:00Z","subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/html","url":"Binary/old"}}]}""");
        service.Ehr.Next("POST DocumentReference", Fault.LoseAnswer);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 5);

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.Log, Has.None.EqualTo("GET Binary/old"));
    }
}
