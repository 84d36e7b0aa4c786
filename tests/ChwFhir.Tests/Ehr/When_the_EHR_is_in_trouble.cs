using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

public sealed class When_the_EHR_is_in_trouble
{
    private static readonly FhirAnswer NoConnection = new FhirAnswer.NotSent("no connection") { Sends = 3 };

    private static IEnumerable<TestCaseData> Troubles()
    {
        yield return new TestCaseData(NoConnection, 1).SetArgDisplayNames("no connection");
        yield return new TestCaseData(new FhirAnswer.Refused(401, null, BodyKind.Empty), 1).SetArgDisplayNames("token refused");
        yield return new TestCaseData(new FhirAnswer.Refused(403, null, BodyKind.Empty, "insufficient_scope"), 1).SetArgDisplayNames("scope missing");
        yield return new TestCaseData(new FhirAnswer.Busy(503, TimeSpan.FromMinutes(5)), 300).SetArgDisplayNames("busy for five minutes");
        yield return new TestCaseData(new FhirAnswer.Busy(429, TimeSpan.Zero), 1).SetArgDisplayNames("busy, and come back at once");
        yield return new TestCaseData(new FhirAnswer.Busy(429, TimeSpan.FromDays(20_000)), 3600).SetArgDisplayNames("busy for fifty years");
        yield return new TestCaseData(new FhirAnswer.Refused(302, null, BodyKind.Html), 1).SetArgDisplayNames("sent elsewhere");
        yield return new TestCaseData(new FhirAnswer.CircuitOpen(TimeSpan.FromSeconds(20)), 20).SetArgDisplayNames("circuit open");
    }

    private static IEnumerable<TestCaseData> AboutOneRequest()
    {
        yield return new TestCaseData(new FhirAnswer.Done(201, null, null)).SetArgDisplayNames("done");
        yield return new TestCaseData(new FhirAnswer.Refused(422, null, BodyKind.Fhir)).SetArgDisplayNames("422");
        yield return new TestCaseData(new FhirAnswer.Refused(403, null, BodyKind.Empty)).SetArgDisplayNames("403");
        yield return new TestCaseData(new FhirAnswer.Failed(500, null, BodyKind.Empty)).SetArgDisplayNames("500");
        yield return new TestCaseData(new FhirAnswer.Lost("no answer in time")).SetArgDisplayNames("lost");
        yield return new TestCaseData(new FhirAnswer.NotSent(FhirAnswer.CallerLeft) { Sends = 1 }).SetArgDisplayNames("caller left");
    }

    [TestCaseSource(nameof(Troubles))]
    public void Everything_waits(FhirAnswer answer, int seconds)
    {
        var clock = new HandClock();
        var endpoint = new EhrEndpoint(clock, TimeSpan.FromSeconds(40));

        endpoint.Observe(answer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.TryEnter(), Is.False);
            Assert.That(endpoint.PausedUntil, Is.EqualTo(clock.GetUtcNow().AddSeconds(seconds)));
            Assert.That(endpoint.State.Why, Is.Not.Empty);
        }
    }

    [TestCaseSource(nameof(AboutOneRequest))]
    public void An_answer_about_one_request_holds_up_nobody(FhirAnswer answer)
    {
        var endpoint = new EhrEndpoint(new HandClock(), TimeSpan.FromSeconds(40));

        endpoint.Observe(answer);

        Assert.That((endpoint.TryEnter(), endpoint.PausedUntil), Is.EqualTo((true, (DateTimeOffset?)null)));
    }

    [Test]
    public void After_the_pause_one_goes_ahead_and_the_others_follow_when_it_was_answered()
    {
        var clock = new HandClock();
        var endpoint = new EhrEndpoint(clock, TimeSpan.FromSeconds(40));
        endpoint.Observe(NoConnection);
        clock.Now += TimeSpan.FromSeconds(1);

        var first = Enumerable.Range(0, 10).Count(_ => endpoint.TryEnter());
        endpoint.Observe(new FhirAnswer.Done(200, null, null));
        var then = Enumerable.Range(0, 10).Count(_ => endpoint.TryEnter());

        Assert.That((first, then), Is.EqualTo((1, 10)));
    }

    [Test]
    public void Pauses_grow_while_nothing_gets_better_and_keep_their_beginning()
    {
        var clock = new HandClock();
        var began = clock.Now;
        var endpoint = new EhrEndpoint(clock, TimeSpan.FromSeconds(40));
        var pauses = new List<double>();

        for (var probe = 0; probe < 9; probe++)
        {
            endpoint.Observe(NoConnection);
            pauses.Add((endpoint.PausedUntil!.Value - clock.Now).TotalSeconds);
            clock.Now = endpoint.PausedUntil.Value;
            Assert.That(endpoint.TryEnter(), Is.True);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pauses, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 64, 120, 120 }));
            Assert.That(endpoint.State.Since, Is.EqualTo(began));
        }
    }

    [Test]
    public void A_probe_that_is_never_heard_of_again_makes_room_for_the_next()
    {
        var clock = new HandClock();
        var endpoint = new EhrEndpoint(clock, TimeSpan.FromSeconds(40));
        endpoint.Observe(NoConnection);
        clock.Now += TimeSpan.FromSeconds(1);
        endpoint.TryEnter();

        clock.Now += TimeSpan.FromSeconds(39);
        var early = endpoint.TryEnter();
        clock.Now += TimeSpan.FromSeconds(1);

        Assert.That((early, endpoint.TryEnter()), Is.EqualTo((false, true)));
    }
}
