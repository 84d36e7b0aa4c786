using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

public sealed class When_the_caller_leaves
{
    [Test]
    public async Task A_write_under_way_is_told_as_lost()
    {
        using var leaving = new CancellationTokenSource();
        using var server = new ScriptedServer(_ => Reply.Silence) { WhenSilent = leaving.Cancel };
        using var client = Some.Client(server);

        var told = await client.CreateAsync(Some.Patient(), "identifier=a|1", leaving.Token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(new FhirAnswer.Lost(FhirAnswer.CallerLeft) { Sends = 1 }));
            Assert.That(server.Seen, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_write_that_was_not_begun_is_told_as_not_sent()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201));
        using var client = Some.Client(server);

        var told = await client.CreateAsync(Some.Patient(), null, new CancellationToken(canceled: true));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.InstanceOf<FhirAnswer.NotSent>());
            Assert.That(server.Seen, Is.Empty);
        }
    }

    [Test]
    public async Task Between_two_sends_the_first_answer_is_told()
    {
        using var leaving = new CancellationTokenSource();
        var clock = new TestClock { WhenWaiting = _ => leaving.Cancel() };
        using var server = new ScriptedServer(_ => Reply.Empty(503, ("Retry-After", "3")), clock);
        using var client = Some.Client(server, clock);

        var told = await client.CreateAsync(Some.Patient(), null, leaving.Token);

        Assert.That(told, Is.EqualTo(new FhirAnswer.Busy(503, TimeSpan.FromSeconds(3)) { Sends = 1 }));
    }

    [Test]
    public void A_read_ends_with_the_caller()
    {
        using var leaving = new CancellationTokenSource();
        using var server = new ScriptedServer(_ => Reply.Silence) { WhenSilent = leaving.Cancel };
        using var client = Some.Client(server);

        Assert.That(async () => await client.ReadAsync("Patient", "p1", leaving.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
