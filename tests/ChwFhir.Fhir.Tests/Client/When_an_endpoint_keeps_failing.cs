using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

public sealed class When_an_endpoint_keeps_failing
{
    [Test]
    public async Task It_rests_and_then_costs_one_probe()
    {
        var clock = new TestClock();
        var up = false;
        using var server = new ScriptedServer(_ => up ? Reply.Empty(201, ("Location", "Patient/p1")) : Reply.Empty(500), clock);
        using var client = Some.Client(server, clock);
        for (var failure = 0; failure < 5; failure++)
        {
            await client.CreateAsync(Some.Patient(), null, default);
        }

        var resting = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.CreateAsync(Some.Patient(), null, default)));
        Assert.That(server.Seen, Has.Count.EqualTo(5));
        Assert.That(resting, Is.All.InstanceOf<FhirAnswer.CircuitOpen>());

        clock.Advance(TimeSpan.FromSeconds(5));
        var probed = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.CreateAsync(Some.Patient(), null, default)));
        Assert.That(server.Seen, Has.Count.EqualTo(6));
        Assert.That(probed.Count(answer => answer is FhirAnswer.CircuitOpen), Is.EqualTo(99));

        // The rest after a failed probe is twice as long.
        clock.Advance(TimeSpan.FromSeconds(5));
        await client.CreateAsync(Some.Patient(), null, default);
        Assert.That(server.Seen, Has.Count.EqualTo(6));

        up = true;
        clock.Advance(TimeSpan.FromSeconds(5));
        var after = await client.CreateAsync(Some.Patient(), null, default);
        Assert.That(after, Is.InstanceOf<FhirAnswer.Done>());
    }

    [Test]
    public async Task Answers_about_a_resource_do_not_count()
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(_ => Reply.Json(422, Some.Outcome4118), clock);
        using var client = Some.Client(server, clock);

        for (var refusal = 0; refusal < 20; refusal++)
        {
            await client.CreateAsync(Some.Patient(), null, default);
        }

        Assert.That(server.Seen, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        using var all = new CountdownEvent(4);
        using var go = new ManualResetEventSlim();
        var under = 0;
        var most = 0;
        using var server = new ScriptedServer(_ =>
        {
            Most(ref most, Interlocked.Increment(ref under));
            all.Signal();
            go.Wait();
            Interlocked.Decrement(ref under);
            return Reply.Empty(201, ("Location", "Patient/p1"));
        });
        using var client = new FhirClient(new HttpClient(FhirHandler.Create(Some.RequestTimeout)), new FhirClientOptions { BaseUrl = server.Base, Concurrency = 2 });
        var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(() => client.CreateAsync(Some.Patient(), null, default))).ToArray();

        SpinWait.SpinUntil(() => all.CurrentCount == 2);
        go.Set();
        await Task.WhenAll(calls);

        Assert.That((most, server.Seen.Count), Is.EqualTo((2, 4)));
    }

    private static void Most(ref int most, int now)
    {
        for (var before = most; now > before && Interlocked.CompareExchange(ref most, now, before) != before; before = most)
        {
        }
    }
}
