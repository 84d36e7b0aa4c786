using ChwFhir.Delivery;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Queue;
using ChwFhir.Testing;
using ChwFhir.Tests.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChwFhir.Tests.Delivery;

public sealed class When_instances_share_the_stop_of_an_EHR
{
    [Test]
    public async Task What_one_is_told_the_other_learns_by_itself_and_a_third_finds_before_it_sends_anything()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        await using var otherStore = await some.AnotherAsync();
        using var one = new Instance(some.Store, some.Clock);
        using var other = new Instance(otherStore, some.Clock);
        await other.Switchboard.StartingAsync(default);
        await other.Switchboard.StartAsync(default);

        await one.Desk.PauseAsync(one.Desk.EndpointName, "a supervisor", "upgrade", default);
        var learned = await LearnsAsync(some.Clock, () => other.Endpoint.Stopped is not null);
        var stop = other.Endpoint.Stopped;
        using var third = new Instance(otherStore, some.Clock);
        await third.Switchboard.StartingAsync(default);
        await one.Desk.ResumeAsync(one.Desk.EndpointName, "a supervisor", null, default);
        var lifted = await LearnsAsync(some.Clock, () => other.Endpoint.Stopped is null);
        await other.Switchboard.StopAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.Endpoint.Stopped, Is.Null, "the one that was told itself");
            Assert.That(learned, Is.True);
            Assert.That((stop?.By, stop?.Reason), Is.EqualTo(("a supervisor", "upgrade")));
            Assert.That(third.Endpoint.Stopped, Is.EqualTo(stop));
            Assert.That(lifted, Is.True);
        }
    }

    [Test]
    public async Task A_resume_ends_the_other_s_back_off_too()
    {
        await using var some = await SomeStore.OpenAsync(StorageOptions.Postgres);
        using var one = new Instance(some.Store, some.Clock);
        using var other = new Instance(some.Store, some.Clock);
        await one.Desk.PauseAsync(one.Desk.EndpointName, "a supervisor", null, default);
        await other.Switchboard.LookAsync(default);
        other.Endpoint.PauseWrites(EndpointTrouble.NotAllowed);

        await one.Desk.ResumeAsync(one.Desk.EndpointName, "a supervisor", null, default);
        await other.Switchboard.LookAsync(default);

        Assert.That((other.Endpoint.Stopped, other.Endpoint.PausedUntil), Is.EqualTo(((EndpointStop?)null, (DateTimeOffset?)null)));
    }

    private static async Task<bool> LearnsAsync(FakeClock clock, Func<bool> learned)
    {
        for (var patience = 0; patience < 200 && !learned(); patience++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
        return learned();
    }

    private sealed class Instance : IDisposable
    {
        private readonly EhrConnection ehr;

        public Instance(NoteStore store, TimeProvider clock)
        {
            var client = new FhirClientOptions { BaseUrl = new Uri(SomeStore.TheEhr), Time = clock };
            ehr = new EhrConnection(
                new FhirClient(new HttpClient(), client), client, Options.Create(new EhrOptions { BaseUrl = SomeStore.TheEhr }),
                new EndpointPauses(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), () => 0), LearnedMemory.InProcess(), new TokenScopes(), clock, NullLogger<EhrConnection>.Instance);
            Switchboard = new EndpointSwitchboard(store, ehr, clock, NullLogger<EndpointSwitchboard>.Instance);
            Desk = new DeliveryDesk(store, ehr, Switchboard, clock);
        }

        public EhrEndpoint Endpoint => ehr.Endpoint;

        public EndpointSwitchboard Switchboard { get; }

        public DeliveryDesk Desk { get; }

        public void Dispose()
        {
            Switchboard.Dispose();
            ehr.Dispose();
        }
    }
}
