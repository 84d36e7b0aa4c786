using System.Text;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using ChwFhir.Testing;
using ChwFhir.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_the_EHR_is_down_for_long
{
    private const int Notes = 10_000;

    [Test]
    [CancelAfter(180_000)]
    public async Task Ten_thousand_waiting_notes_cost_a_few_probes_a_minute_and_no_attempt(CancellationToken cancellationToken)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));
        await using var service = TheService.AsInstalled(new ScriptedEhr { IsDown = true }, clock);
        await KeepAsync(service, Notes, cancellationToken);

        await service.Worker.StartAsync(cancellationToken);
        var perMinute = new List<int>();
        for (var minute = 0; minute < 60; minute++)
        {
            var before = service.Ehr.Log.Count;
            for (var second = 0; second < 60; second += 2)
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                await QuietAsync(service);
            }
            perMinute.Add(service.Ehr.Log.Count - before);
        }
        await service.Worker.StopAsync(cancellationToken);

        using var together = Assert.EnterMultipleScope();
        Assert.That(perMinute.Skip(1), Is.All.InRange(1, 5), $"requests by minute: {string.Join(' ', perMinute)}");
        Assert.That((await service.Store.CountAsync(ScriptedEhr.BaseUrl, cancellationToken)).Queued, Is.EqualTo(Notes));
        Assert.That((await service.StatusAsync("n0")).Attempts, Is.Zero);
    }

    [Test]
    public void When_it_is_back_one_goes_first_then_two_then_four()
    {
        var start = new SlowStart(8);
        start.Again();
        List<int> allowed = [start.Allowed];
        for (var went = 0; went < 4; went++)
        {
            start.Went();
            allowed.Add(start.Allowed);
        }

        Assert.That(allowed, Is.EqualTo(new[] { 1, 2, 4, 8, 8 }));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_a_person_stopped_is_not_written_until_they_start_it_again(CancellationToken cancellationToken)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Endpoint.Stop("supervisor-1");
        await service.PostAsync(SomeVisit.Note());
        await service.Worker.StartAsync(cancellationToken);
        await Task.Delay(300, cancellationToken);
        var writesWhileStopped = service.Ehr.Writes;

        service.Endpoint.Resume();
        for (var patience = 0; patience < 200 && (await service.StatusAsync("n1")).State != "written"; patience++)
            await Task.Delay(20, cancellationToken);
        await service.Worker.StopAsync(cancellationToken);

        Assert.That(writesWhileStopped, Is.Zero);
        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    private static async Task KeepAsync(TheService service, int notes, CancellationToken cancellationToken)
    {
        foreach (var some in Enumerable.Range(0, notes).Chunk(500))
            await Task.WhenAll(some.Select(number => service.Store.AcceptAsync(
                new IncomingNote(ScriptedEhr.BaseUrl, $"n{number}", "visit-note", $"Patient/p{number / 5}", $"Patient/p{number / 5}", null, $"hash{number}", DateTimeOffset.UnixEpoch,
                    Encoding.UTF8.GetBytes(SomeVisit.Note($"n{number}", patient: $"Patient/p{number / 5}").ToJsonString()), []), cancellationToken)));
    }

    // Whoever was woken by the clock has sent what they would send.
    private static async Task QuietAsync(TheService service)
    {
        for (var (seen, calm) = (-1, 0); calm < 2; calm = seen == service.Ehr.Log.Count ? calm + 1 : 0)
        {
            seen = service.Ehr.Log.Count;
            await Task.Delay(1);
        }
    }
}
