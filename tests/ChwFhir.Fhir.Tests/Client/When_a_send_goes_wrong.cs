using System.Net;
using System.Net.Sockets;
using ChwFhir.Fhir.Client;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

/// <summary>What is sent again and how often: each kind of request against each kind of trouble, counted at the server.</summary>
public sealed class When_a_send_goes_wrong
{
    // A request without a body whose connection ends before the first byte is sent again by the framework itself, three times. It never does so with a body.
    private const int FrameworkSends = 4;

    private static readonly string[] Kinds = ["read", "search", "conditional create", "update with If-Match", "create", "update", "transaction"];

    private static readonly (string Trouble, Func<Reply> Reply, int Reads, int Repeatable, int Single, Type Answer)[] Table =
    [
        ("425", () => Reply.Empty(425), 3, 3, 3, typeof(FhirAnswer.Busy)),
        ("429", () => Reply.Empty(429), 3, 3, 3, typeof(FhirAnswer.Busy)),
        ("503", () => Reply.Empty(503), 3, 3, 3, typeof(FhirAnswer.Busy)),
        ("503, come in 2 s", () => Reply.Empty(503, ("Retry-After", "2")), 3, 3, 3, typeof(FhirAnswer.Busy)),
        ("503, come in 10 min", () => Reply.Empty(503, ("Retry-After", "600")), 1, 1, 1, typeof(FhirAnswer.Busy)),
        ("408", () => Reply.Empty(408), 3, 2, 1, typeof(FhirAnswer.Failed)),
        ("500", () => Reply.Empty(500), 3, 2, 1, typeof(FhirAnswer.Failed)),
        ("502", () => Reply.Text(502, "text/html", "<html>Bad gateway</html>"), 3, 2, 1, typeof(FhirAnswer.Failed)),
        ("504", () => Reply.Empty(504), 3, 2, 1, typeof(FhirAnswer.Failed)),
        ("507", () => Reply.Empty(507), 1, 1, 1, typeof(FhirAnswer.Failed)),
        ("closed", () => Reply.Closed, 3, 2, 1, typeof(FhirAnswer.Lost)),
        ("reset", () => Reply.Reset, 3, 2, 1, typeof(FhirAnswer.Lost)),
        ("silence", () => Reply.Silence, 3, 2, 1, typeof(FhirAnswer.Lost)),
        ("cut answer", () => Reply.Json(200, """{"resourceType":"Group","type":"person"}""").Cut, 3, 2, 1, typeof(FhirAnswer.Lost)),
        ("stuck answer", () => Reply.Json(200, """{"resourceType":"Group","type":"person"}""").Stuck, 3, 2, 1, typeof(FhirAnswer.Lost)),
        ("400", () => Reply.Empty(400), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("401", () => Reply.Empty(401), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("403", () => Reply.Json(403, Some.Outcome4118), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("405", () => Reply.Empty(405), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("409", () => Reply.Empty(409), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("412", () => Reply.Empty(412), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("422", () => Reply.Empty(422), 1, 1, 1, typeof(FhirAnswer.Refused)),
        ("501", () => Reply.Empty(501), 1, 1, 1, typeof(FhirAnswer.Refused)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from row in Table
        from kind in Kinds
        let sends = kind switch { "read" or "search" => row.Reads, "conditional create" or "update with If-Match" => row.Repeatable, _ => row.Single }
        select new TestCaseData(kind, row.Trouble, sends, row.Answer);

    [TestCaseSource(nameof(Cases))]
    public async Task It_is_sent_as_often_as_is_safe(string kind, string trouble, int sends, Type answer)
    {
        var clock = new TestClock();
        var reply = Table.Single(row => row.Trouble == trouble).Reply;
        using var server = new ScriptedServer(_ => reply(), clock);
        server.WhenSilent = () => clock.Advance(Some.RequestTimeout);
        using var client = Some.Client(server, clock);

        var told = await SendAsync(client, kind);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.InstanceOf(answer));
            Assert.That(told.Sends, Is.EqualTo(sends));
            Assert.That(server.Seen, Has.Count.EqualTo(sends * ((kind, trouble) is ("read" or "search", "closed" or "reset") ? FrameworkSends : 1)));
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Without_a_connection_anything_is_tried_again(string kind)
    {
        using var client = Some.Client(NobodyThere(), new TestClock());

        var told = await SendAsync(client, kind);

        Assert.That(told, Is.EqualTo(new FhirAnswer.NotSent("no connection") { Sends = 3 }));
    }

    [Test]
    public async Task Without_a_secure_connection_nothing_was_sent()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201));
        using var client = Some.Client(new Uri(server.Base.AbsoluteUri.Replace("http:", "https:", StringComparison.Ordinal)), new TestClock());

        var told = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That(told, Is.EqualTo(new FhirAnswer.NotSent("no secure connection") { Sends = 3 }));
    }

    [Test]
    public async Task A_timeout_before_the_body_was_begun_has_done_nothing()
    {
        var clock = new TestClock();
        using var http = new HttpClient(new NeverConnects(() => clock.Advance(Some.RequestTimeout)));
        using var client = new FhirClient(http, new FhirClientOptions { BaseUrl = new Uri("http://ehr.test/fhir"), Time = clock, RequestTimeout = Some.RequestTimeout });

        var told = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That(told, Is.EqualTo(new FhirAnswer.NotSent("no answer in time") { Sends = 3 }));
    }

    [TestCase("conditional create", "500")]
    [TestCase("conditional create", "silence")]
    [TestCase("update with If-Match", "reset")]
    public async Task A_write_is_repeated_only_when_the_first_can_no_longer_be_running(string kind, string trouble)
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(request => request.Number > 1 ? Reply.Empty(201, ("Location", "Patient/p1")) : trouble switch { "500" => Reply.Empty(500), "reset" => Reply.Reset, _ => Reply.Silence }, clock);
        server.WhenSilent = () => clock.Advance(Some.RequestTimeout);
        using var client = Some.Client(server, clock);

        var told = await SendAsync(client, kind);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(new FhirAnswer.Done(201, null, new FhirLocation("Patient", "p1", null)) { Sends = 2, AfterUnclearSend = true }));
            Assert.That(server.Seen[1].At - server.Seen[0].At, Is.EqualTo(2 * Some.RequestTimeout));
        }
    }

    [Test]
    public async Task A_send_without_answer_stays_unclear_though_the_next_was_turned_away()
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(request => request.Number == 1 ? Reply.Reset : Reply.Empty(503), clock);
        using var client = Some.Client(server, clock);

        var told = await client.CreateAsync(Some.Patient(), "identifier=a|1", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.InstanceOf<FhirAnswer.Lost>());
            Assert.That(told.SurelyNotDone, Is.False);
        }
    }

    [Test]
    public async Task A_412_after_an_unclear_send_may_be_the_echo_of_our_own()
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(request => request.Number == 1 ? Reply.Reset : Reply.Empty(412), clock);
        using var client = Some.Client(server, clock);

        var told = await client.UpdateAsync(Some.Patient("p1"), "3", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(new FhirAnswer.Refused(412, null, BodyKind.Empty) { Sends = 2, AfterUnclearSend = true }));
            Assert.That(told.SurelyNotDone, Is.False);
        }
    }

    [Test]
    public async Task The_server_says_when_to_come_again_in_seconds_or_by_the_clock()
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(request => request.Number switch
        {
            1 => Reply.Empty(429, ("Retry-After", "2")),
            2 => Reply.Empty(503, ("Retry-After", clock.GetUtcNow().AddSeconds(3).ToString("R", System.Globalization.CultureInfo.InvariantCulture))),
            _ => Reply.Empty(201, ("Location", "Patient/p1")),
        }, clock);
        using var client = Some.Client(server, clock);

        var told = await client.CreateAsync(Some.Patient(), null, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.InstanceOf<FhirAnswer.Done>());
            Assert.That(clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3) }));
        }
    }

    [Test]
    public async Task A_long_wait_is_left_to_the_caller()
    {
        var clock = new TestClock();
        using var server = new ScriptedServer(_ => Reply.Empty(429, ("Retry-After", "120")), clock);
        using var client = Some.Client(server, clock);

        var told = await client.CreateAsync(Some.Patient(), null, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(new FhirAnswer.Busy(429, TimeSpan.FromMinutes(2)) { Sends = 1 }));
            Assert.That(clock.Waits, Is.Empty);
        }
    }

    [Test]
    public async Task A_write_is_not_sent_again_behind_our_back_when_a_kept_connection_closes()
    {
        using var server = new ScriptedServer(request => request.Method == "GET" ? Reply.Json(200, """{"resourceType":"Patient","id":"p1"}""") : Reply.Closed);
        using var client = Some.Client(server);
        await client.ReadAsync("Patient", "p1", default);

        var told = await client.CreateAsync(Some.Patient(), null, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.InstanceOf<FhirAnswer.Lost>());
            Assert.That(server.Seen.Count(request => request.Method == "POST"), Is.EqualTo(1));
        }
    }

    private static async Task<FhirAnswer> SendAsync(FhirClient client, string kind) => kind switch
    {
        "read" => await client.ReadAsync("Patient", "p1", default),
        "search" => (await client.SearchAsync("Patient", Some.Query("_id", "p1"), 5, default)).Trouble!,
        "conditional create" => await client.CreateAsync(Some.Patient(), "identifier=a|1", default),
        "update with If-Match" => await client.UpdateAsync(Some.Patient("p1"), "3", default),
        "create" => await client.CreateAsync(Some.Patient(), null, default),
        "update" => await client.UpdateAsync(Some.Patient("p1"), null, default),
        _ => await client.TransactionAsync(Some.Transaction(2), default),
    };

    private static Uri NobodyThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/fhir");
    }

    private sealed class NeverConnects(Action connecting) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            connecting();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
