using System.Text;
using ChwFhir.Api.Hl7;
using ChwFhir.Api.Host;
using ChwFhir.Api.Mllp;
using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Journeys.Hl7;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class When_an_engine_sends_over_MLLP : IDisposable
{
    private const string TheMessage = "MSH|^~\\&|EPIC|GHH|CHW|HOME|20261103154000-0500||MDM^T02^MDM_T02|MSG001|P|2.5.1\rPID|1||E4007^^^GHH^MR||MarkerName^Ngozi||19630402|F\rTXA|1|DS|TX|||||||||DOC77|||||AU\rOBX|1|TX|||Diet: low salt||||||F\r";

    private static readonly string Another = TheMessage.Replace("MSG001", "MSG002", StringComparison.Ordinal).Replace("DOC77", "DOC78", StringComparison.Ordinal);

    private readonly CapturedLog log = new();
    private readonly List<byte[]> taken = [];
    private readonly MllpOptions options = new() { Port = 0 };
    private TakeSummary take = null!;
    private MllpListener? listener;

    [SetUp]
    public void By_default_everything_is_taken()
    {
        taken.Clear();
        take = (_, body, _, _) =>
        {
            taken.Add(body.ToArray());
            return Task.FromResult<Receipt>(new Receipt.Unreadable(new NoteFault("MSH-9", "unsupported-event", "no")));
        };
    }

    [TearDown]
    public async Task Stop()
    {
        if (listener is not null)
            await listener.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        listener?.Dispose();
        log.Dispose();
    }

    [Test]
    public async Task A_message_is_answered_in_a_frame_and_the_next_one_after_it()
    {
        using var engine = await StartAsync();

        var first = await engine.AskAsync(TheMessage);
        var second = await engine.AskAsync(TheMessage.Replace("MSG001", "MSG002", StringComparison.Ordinal));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(first, Does.Contain("\rMSA|AR|MSG001|"));
        Assert.That(second, Does.Contain("\rMSA|AR|MSG002|"));
        Assert.That(Encoding.UTF8.GetString(taken[0]), Is.EqualTo(TheMessage));
    }

    [Test]
    public async Task What_comes_in_pieces_or_together_is_taken_apart_at_the_frames()
    {
        using var engine = await StartAsync();
        byte[] frame = [0x0B, .. Encoding.UTF8.GetBytes(TheMessage), 0x1C, 0x0D];

        await engine.SendAsync([.. "noise"u8, .. frame[..20]]);
        await Task.Delay(50);
        await engine.SendAsync([.. frame[20..], .. frame, .. frame[..5]]);
        var answers = new[] { await engine.HearAsync(), await engine.HearAsync() };

        Assert.That(answers, Has.All.Contain("MSA|AR|MSG001"));
    }

    [TestCase("\v", TestName = "A_message_that_another_begins_in_is_refused_and_never_joined_with_it")]
    [TestCase("\u001cx\u001c\r\v", TestName = "A_message_with_an_end_in_its_middle_is_refused")]
    public async Task A_broken_message_is_refused(string between)
    {
        using var engine = await StartAsync();

        await engine.SendAsync(Encoding.UTF8.GetBytes($"\v{TheMessage}{between}{Another}\u001c\r"));
        var answers = new[] { await engine.HearAsync(), await engine.HearAsync() };

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answers[0], Does.Contain("\rMSA|AR|MSG001|").And.Contain("^broken-frame").Or.Contain("|broken-frame"));
        Assert.That(answers[1], Does.Contain("MSG002"));
        Assert.That(taken.Select(Encoding.UTF8.GetString), Is.EqualTo(new[] { Another }));
    }

    [TestCase("\u001c\v", TestName = "An_end_without_its_return_is_an_end")]
    [TestCase("\u001c\n\v", TestName = "An_end_with_a_line_feed_is_an_end")]
    [TestCase("\u001c\r\v\v", TestName = "A_start_that_is_said_twice_is_one")]
    public async Task A_frame_is_not_written_to_the_letter(string between)
    {
        using var engine = await StartAsync();

        await engine.SendAsync(Encoding.UTF8.GetBytes($"\v{TheMessage}{between}{Another}\u001c\r"));
        var answers = new[] { await engine.HearAsync(), await engine.HearAsync() };

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answers, Is.All.Not.Null);
        Assert.That(taken.Select(Encoding.UTF8.GetString), Is.EqualTo(new[] { TheMessage, Another }));
    }

    [Test]
    public async Task Of_a_broken_message_that_names_nobody_the_log_has_the_count_alone()
    {
        using var engine = await StartAsync();

        await engine.SendAsync(Encoding.UTF8.GetBytes($"\vMSH|^~\\&|EPIC|MarkerName\v{Another}\u001c\r"));
        var answer = await engine.HearAsync();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer, Does.Contain("MSG002"));
        Assert.That(taken, Has.Count.EqualTo(1));
        Assert.That(log.Text, Does.Contain("1 message").And.Not.Contain("MarkerName"));
    }

    [Test]
    public async Task It_says_AA_only_after_it_is_kept()
    {
        var (begun, kept) = (new TaskCompletionSource(), new TaskCompletionSource());
        take = async (_, _, _, _) =>
        {
            begun.TrySetResult();
            await kept.Task;
            return new Receipt.Busy(TimeSpan.FromSeconds(1));
        };
        using var engine = await StartAsync();

        var answer = engine.AskAsync(TheMessage);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var early = answer.IsCompleted;
        kept.SetResult();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(early, Is.False);
        Assert.That(await answer, Does.Contain("\rMSA|AR|MSG001|").And.Contain("207^"), "the store was busy");
    }

    [Test]
    public async Task Who_asks_for_nothing_but_the_accept_gets_it()
    {
        using var engine = await StartAsync();

        Assert.That(await engine.AskAsync(TheMessage.Replace("|P|2.5.1", "|P|2.5.1|||AL|NE", StringComparison.Ordinal)), Does.Contain("\rMSA|CR|MSG001|"));
    }

    [Test]
    public async Task A_message_without_end_is_cut_and_the_connection_closed()
    {
        using var engine = await StartAsync(maxBytes: 2048);

        await engine.SendAsync([0x0B, .. Encoding.UTF8.GetBytes(TheMessage + new string('x', 20_000))]);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(await engine.HearAsync(), Does.Contain("\rMSA|AR|MSG001|").And.Contain("104^"));
        Assert.That(await engine.HearAsync(), Is.Null);
        Assert.That(taken, Is.Empty);
    }

    [Test]
    public async Task A_connection_that_says_nothing_is_closed()
    {
        options.IdleTimeout = TimeSpan.FromMilliseconds(200);
        using var engine = await StartAsync();

        Assert.That(await engine.HearAsync(), Is.Null);
    }

    [Test]
    public async Task Who_connects_and_sends_nothing_gives_up_the_place_sooner_than_who_has_sent()
    {
        options.FirstByteTimeout = TimeSpan.FromMilliseconds(300);
        using var engine = await StartAsync();
        await engine.AskAsync(TheMessage);
        using var silent = await Engine.ConnectAsync(listener!.EndPoint!);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(await silent.HearAsync(), Is.Null);
        Assert.That(await engine.AskAsync(Another), Does.Contain("MSG002"));
    }

    [Test]
    public async Task A_message_that_does_not_end_in_time_is_given_up()
    {
        options.MessageTimeout = TimeSpan.FromMilliseconds(200);
        using var engine = await StartAsync();

        await engine.SendAsync([0x0B, .. "MSH|"u8]);

        Assert.That(await engine.HearAsync(), Is.Null);
    }

    [Test]
    public async Task More_connections_than_allowed_are_turned_away()
    {
        options.MaxConnections = 1;
        using var engine = await StartAsync();
        await engine.AskAsync(TheMessage);
        using var other = await Engine.ConnectAsync(listener!.EndPoint!);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(await other.HearAsync(), Is.Null);
        Assert.That(await engine.AskAsync(TheMessage), Does.Contain("MSA|AR"), "the first goes on");
    }

    [Test]
    public async Task Those_turned_away_are_one_line_in_the_log_each_minute()
    {
        options.MaxConnections = 1;
        using var engine = await StartAsync();
        await engine.AskAsync(TheMessage);
        for (var number = 0; number < 5; number++)
        {
            using var other = await Engine.ConnectAsync(listener!.EndPoint!);
            await other.HearAsync();
        }

        Assert.That(log.Lines.Count(line => line.Contains("turned away", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_of_ours_is_told_and_the_log_names_nobody()
    {
        take = (_, _, _, _) => throw new InvalidOperationException("MarkerName was here");
        using var engine = await StartAsync();

        var answer = await engine.AskAsync(TheMessage);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer, Does.Contain("\rMSA|AR|MSG001|"));
        Assert.That(log.Text, Does.Contain("InvalidOperationException").And.Not.Contain("MarkerName").And.Not.Contain("MSG001").And.Not.Contain("DOC77"));
    }

    [Test]
    public async Task At_a_stop_the_message_at_hand_is_answered_first()
    {
        var (begun, kept) = (new TaskCompletionSource(), new TaskCompletionSource());
        take = async (_, _, _, _) =>
        {
            begun.TrySetResult();
            await kept.Task;
            return new Receipt.Busy(TimeSpan.FromSeconds(1));
        };
        using var engine = await StartAsync();
        var answer = engine.AskAsync(TheMessage);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var stopped = listener!.StopAsync(CancellationToken.None);
        kept.SetResult();
        await stopped;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(await answer, Does.Contain("MSA|AR|MSG001"));
        Assert.That(await engine.HearAsync(), Is.Null);
    }

    [Test]
    public async Task A_port_in_use_stops_the_start_with_the_name_of_the_setting()
    {
        using var engine = await StartAsync();
        using var second = Listener(new MllpOptions { Port = listener!.EndPoint!.Port });

        Assert.That(() => second.StartAsync(CancellationToken.None), Throws.InstanceOf<ApiStartException>().With.Message.StartsWith("Mllp__Port"));
    }

    [Test]
    public async Task Without_a_port_nobody_listens()
    {
        using var none = Listener(new MllpOptions());

        await none.StartAsync(CancellationToken.None);

        Assert.That(none.EndPoint, Is.Null);
    }

    private async Task<Engine> StartAsync(int maxBytes = 10 * 1024 * 1024)
    {
        listener = Listener(options, maxBytes);
        await listener.StartAsync(CancellationToken.None);
        return await Engine.ConnectAsync(listener.EndPoint!);
    }

    private MllpListener Listener(MllpOptions settings, int maxBytes = 10 * 1024 * 1024) => new(
        new Hl7Exchange((caller, body, said, cancellationToken) => take(caller, body, said, cancellationToken), TimeProvider.System), Options.Create(settings),
        Options.Create(new IntakeOptions { MaxBytesWithAttachments = maxBytes }), TimeProvider.System, new LoggerFactory([log]).CreateLogger<MllpListener>());
}
