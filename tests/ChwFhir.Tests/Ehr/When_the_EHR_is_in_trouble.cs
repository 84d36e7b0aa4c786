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
        var endpoint = Endpoint(clock);

        endpoint.Observe(answer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.State.Word, Is.EqualTo(EndpointState.Resting));
            Assert.That(endpoint.PausedUntil, Is.EqualTo(clock.GetUtcNow().AddSeconds(seconds)));
            Assert.That(endpoint.State.Trouble!.Why, Is.Not.Empty);
        }
    }

    [TestCaseSource(nameof(AboutOneRequest))]
    public void An_answer_about_one_request_holds_up_nobody(FhirAnswer answer)
    {
        var endpoint = Endpoint(new HandClock());

        endpoint.Observe(answer);

        Assert.That((endpoint.State.Word, endpoint.PausedUntil), Is.EqualTo((EndpointState.Up, (DateTimeOffset?)null)));
    }

    [Test]
    public void Pauses_grow_while_nothing_gets_better_and_keep_their_beginning()
    {
        var clock = new HandClock();
        var began = clock.Now;
        var endpoint = Endpoint(clock);
        var pauses = new List<double>();

        for (var probe = 0; probe < 9; probe++)
        {
            endpoint.Observe(NoConnection);
            pauses.Add((endpoint.PausedUntil!.Value - clock.Now).TotalSeconds);
            clock.Now = endpoint.PausedUntil.Value;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pauses, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 64, 120, 120 }));
            Assert.That(endpoint.State.Since, Is.EqualTo(began));
        }
    }

    [Test]
    public void Requests_that_were_under_way_together_make_one_pause()
    {
        var clock = new HandClock();
        var endpoint = Endpoint(clock);

        for (var request = 0; request < 8; request++)
            endpoint.Observe(NoConnection);

        Assert.That((endpoint.State.Reads.Pauses, endpoint.PausedUntil), Is.EqualTo((1, (DateTimeOffset?)clock.Now.AddSeconds(1))));
    }

    [Test]
    public void A_token_that_may_read_and_not_write_holds_back_the_writes_longer_each_time_whatever_is_read()
    {
        var clock = new HandClock();
        var endpoint = Endpoint(clock);
        var pauses = new List<double>();

        for (var probe = 0; probe < 4; probe++)
        {
            endpoint.Observe(new FhirAnswer.Done(200, null, null));
            endpoint.ObserveWrite(new FhirAnswer.Refused(401, null, BodyKind.Empty), 1);
            endpoint.Observe(new FhirAnswer.Done(200, null, null));
            Assert.That(endpoint.ReadsPausedUntil, Is.Null);
            pauses.Add((endpoint.PausedUntil!.Value - clock.Now).TotalSeconds);
            clock.Now = endpoint.PausedUntil.Value;
        }
        endpoint.ObserveWrite(new FhirAnswer.Done(201, null, null), 1);

        Assert.That(pauses, Is.EqualTo(new double[] { 1, 2, 4, 8 }));
        Assert.That(endpoint.State.Word, Is.EqualTo(EndpointState.Up));
    }

    [Test]
    public void A_server_that_is_busy_with_writes_is_asked_nothing_either_until_its_time()
    {
        var clock = new HandClock();
        var endpoint = Endpoint(clock);

        endpoint.ObserveWrite(new FhirAnswer.Busy(503, TimeSpan.FromMinutes(5)), 1);

        Assert.That(endpoint.ReadsPausedUntil, Is.EqualTo(clock.Now.AddMinutes(5)));
    }

    [Test]
    public void Writes_that_fail_are_one_notes_matter_until_several_notes_met_it()
    {
        var endpoint = Endpoint(new HandClock());
        var failed = new FhirAnswer.Failed(500, null, BodyKind.Empty);

        for (var attempt = 0; attempt < 9; attempt++)
            endpoint.ObserveWrite(failed, 1);
        var alone = endpoint.PausedUntil;
        endpoint.ObserveWrite(failed, 2);
        endpoint.ObserveWrite(failed, 3);

        Assert.That((alone is null, endpoint.State.Trouble?.Word), Is.EqualTo((true, EndpointTrouble.WritesFail.Word)));
    }

    [Test]
    public void One_alarm_is_raised_however_long_it_lasts_and_called_off_once()
    {
        var clock = new HandClock();
        List<string> alarms = [];
        var endpoint = new EhrEndpoint(clock, Seconds(1, 120)) { Alarm = trouble => alarms.Add(trouble?.Word ?? "over") };

        for (var probe = 0; probe < 5; probe++)
        {
            endpoint.Observe(NoConnection);
            clock.Now = endpoint.PausedUntil!.Value;
        }
        endpoint.Observe(new FhirAnswer.Done(200, null, null));
        endpoint.Observe(new FhirAnswer.Done(200, null, null));

        Assert.That(alarms, Is.EqualTo(new[] { "no-connection", "over" }));
    }

    [Test]
    public void What_a_person_stopped_no_answer_starts_again()
    {
        var clock = new HandClock();
        var endpoint = Endpoint(clock);
        endpoint.Observe(NoConnection);
        endpoint.Stop("supervisor-1");
        endpoint.ObserveWrite(new FhirAnswer.Done(201, null, null), 1);
        var stopped = endpoint.State;
        var resumed = endpoint.WhenResumedAsync();

        endpoint.Resume();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((stopped.Word, stopped.Stop?.By), Is.EqualTo((EndpointState.Stopped, "supervisor-1")));
            Assert.That(resumed.IsCompletedSuccessfully, Is.True);
            Assert.That(endpoint.State.Word, Is.EqualTo(EndpointState.Up));
        }
    }

    [Test]
    public void Pauses_are_a_little_shorter_by_chance_and_what_the_server_said_never_is()
    {
        var pauses = new EndpointPauses(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), () => 1);

        Assert.That((pauses.Length(1, null), pauses.Length(1, TimeSpan.FromSeconds(30))), Is.EqualTo((TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(30))));
    }

    private static EhrEndpoint Endpoint(HandClock clock) => new(clock, Seconds(1, 120));

    private static EndpointPauses Seconds(int first, int longest) => new(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(longest), () => 0);
}
