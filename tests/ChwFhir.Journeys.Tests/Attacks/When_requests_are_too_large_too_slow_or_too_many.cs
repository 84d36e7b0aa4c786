using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net;
using System.Text.Json.Nodes;
using System.Text;
using ChwFhir.Audit;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChwFhir.Journeys.Attacks;

internal sealed class When_requests_are_too_large_too_slow_or_too_many
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync(("Limits__MinBodyBytesPerSecond", "1000"));

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("/api/v1/visit-notes", 11)]
    [TestCase("/api/v1/visit-notes/preview", 11)]
    [TestCase("/api/v1/questionnaire-responses", 11)]
    [TestCase("/api/v1/after-visit-summaries", 11)]
    [TestCase("/api/v1/patients/search", 1)]
    [TestCase("/api/v1/patients/rosa-m/messages", 1)]
    [TestCase("/api/v1/delivery/retry", 1)]
    public async Task An_oversized_body_is_413_also_when_its_length_is_not_announced(string path, int mebibytes)
    {
        foreach (var announced in new[] { true, false })
        {
            using var content = new StreamContent(new MemoryStream(Enumerable.Repeat((byte)' ', mebibytes * 1024 * 1024).ToArray()));
            content.Headers.ContentType = new(path.Contains("questionnaire", StringComparison.Ordinal) ? "application/fhir+json" : "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.TransferEncodingChunked = !announced;

            using var answer = await town.Http.SendAsync(request);

            Assert.That((int)answer.StatusCode, Is.EqualTo(413), announced ? "announced" : "not announced");
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        }
    }

    [Test]
    public async Task Headers_that_are_too_large_are_431()
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get("/api/v1/visit-notes", $"X-Large: {new string('x', 40_000)}\r\n"));

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(431));
    }

    [Test]
    public async Task Too_many_headers_are_431()
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get("/api/v1/visit-notes", string.Concat(Enumerable.Range(0, 150).Select(i => $"X-{i}: x\r\n"))));

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(431));
    }

    [Test]
    public async Task An_address_that_is_too_long_is_refused()
    {
        var answer = await RawHttp.SendAsync(town.BaseUrl, RawHttp.Get("/api/v1/visit-notes?cursor=" + new string('x', 20_000)));

        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(414));
    }

    [Test]
    public async Task A_body_that_trickles_is_not_waited_for_and_nothing_of_it_is_kept()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(town.BaseUrl.Host, town.BaseUrl.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/v1/visit-notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"));
        using var over = new CancellationTokenSource();
        var trickling = Task.Run(async () =>
        {
            try
            {
                while (!over.IsCancellationRequested)
                {
                    await stream.WriteAsync("{"u8.ToArray(), over.Token);
                    await Task.Delay(200, over.Token);
                }
            }
            catch (Exception closed) when (closed is IOException or OperationCanceledException or ObjectDisposedException)
            {
            }
        });

        var answer = await RawHttp.AnswerAsync(stream, TimeSpan.FromSeconds(25));
        await over.CancelAsync();
        await trickling;

        Assert.That(answer, Does.Not.Contain("[open]"), "the connection is ended");
        Assert.That(RawHttp.StatusOf(answer), Is.EqualTo(408).Or.Zero);
    }

    [Test]
    public async Task A_clinic_behind_one_address_is_not_shut_out_by_one_of_its_sessions()
    {
        await using var narrow = await Town.StartAsync(("Limits__Burst", "5"), ("Limits__RequestsPerSecond", "1"), ("Limits__SystemBurst", "40"), ("Limits__SystemRequestsPerSecond", "1"));
        var (busy, other) = (new string('a', 43), new string('b', 43));

        List<HttpStatusCode> first = [];
        for (var i = 0; i < 10; i++)
            first.Add(await StatusAsync($"/app/{busy}/patients"));
        var second = await StatusAsync($"/app/{other}");
        List<HttpStatusCode> madeUp = [];
        for (var i = 0; i < 60; i++)
            madeUp.Add(await StatusAsync($"/app/{new string('c', 40)}{i:000}"));

        Assert.That(first.Count(status => status == HttpStatusCode.TooManyRequests), Is.InRange(3, 5));
        Assert.That(second, Is.EqualTo(HttpStatusCode.Unauthorized), "another session of the same address");
        Assert.That(madeUp, Has.Some.EqualTo(HttpStatusCode.TooManyRequests), "sessions that are made up have one limit together");

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await narrow.Http.GetAsync(path);
            return answer.StatusCode;
        }
    }

    [Test]
    public async Task Whoever_asks_too_much_is_told_when_to_come_again_and_the_probes_are_not()
    {
        await using var narrow = await Town.StartAsync(("Limits__SystemBurst", "5"), ("Limits__SystemRequestsPerSecond", "1"));

        List<HttpResponseMessage> answers = [];
        for (var i = 0; i < 12; i++)
            answers.Add(await narrow.Http.GetAsync("/api/v1/visit-notes"));
        using var health = await narrow.Http.GetAsync("/health/live");
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(5).Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((string?)problem["code"], Is.EqualTo("too-many-requests"));
            Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        var log = await Audit.Eventually.ItIsAsync(async () =>
            await narrow.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter { Outcome = AuditOutcome.Refused }, CancellationToken.None) is { Items.Count: > 0 } some ? some : null);
        Assert.That(log.Items.Select(item => $"{item.Record.Subject} {item.Record.Kind} {item.Record.Why} {item.Record.From}"), Is.EqualTo(new[] { "Practitioner/chw-1 request too-many-requests 127.0.0.1" }), "once, not seven times");
        answers.ForEach(answer => answer.Dispose());
    }
}
