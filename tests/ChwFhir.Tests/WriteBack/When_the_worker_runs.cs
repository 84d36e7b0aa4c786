using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_the_worker_runs
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Every_patients_notes_are_written_in_order_and_a_stop_leaves_nothing_open(CancellationToken cancellationToken)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        foreach (var patient in Enumerable.Range(2, 6))
            service.Ehr.Put($$"""{"resourceType":"Patient","id":"p{{patient}}"}""");
        var ids = new List<string>();

        await service.RunWorkerAsync(async () =>
        {
            if (ids.Count < 18)
            {
                var (patient, visit) = ((ids.Count % 6) + 2, (ids.Count / 6) + 1);
                ids.Add($"n{patient}-{visit}");
                await service.PostAsync(SomeVisit.Note(ids[^1], day: visit, step: $"s{visit}", patient: $"Patient/p{patient}"));
            }
            return ids.Count == 18 && (await service.Journey.ListAsync(new NoteQuery { State = "written" }, cancellationToken)).Items.Count == 18;
        });

        using var together = Assert.EnterMultipleScope();
        foreach (var id in ids)
            Assert.That((await service.StatusAsync(id)).State, Is.EqualTo("written"), id);
        Assert.That(service.Ehr.All("CarePlan"), Has.Count.EqualTo(6));
        foreach (var patient in Enumerable.Range(2, 6))
            Assert.That(DocumentsOf(service.Ehr, patient), Is.Ordered, "in the order of receipt");
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_note_of_another_EHR_stays_where_it_is(CancellationToken cancellationToken)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.Store.AcceptAsync(new("https://other.example/fhir", "n9", "visit-note", "Patient/p1", "Patient/p1", null, "hash", DateTimeOffset.UnixEpoch, new byte[] { 1 }, []), cancellationToken);
        await service.PostAsync(SomeVisit.Note());

        await service.RunWorkerAsync(async () => (await service.StatusAsync("n1")).State == "written");

        Assert.That((await service.Store.FindAsync("https://other.example/fhir", "n9", cancellationToken))!.State, Is.EqualTo(ChwFhir.Queue.NoteState.Queued));
        Assert.That(await service.Journey.StatusAsync("n9", cancellationToken), Is.Null);
    }

    private static IEnumerable<int> DocumentsOf(ScriptedEhr ehr, int patient) => ehr.All("DocumentReference")
        .Where(document => (string?)document["subject"]!["reference"] == $"Patient/p{patient}")
        .Select(document => int.Parse(((string)document["id"]!)[1..]));
}
