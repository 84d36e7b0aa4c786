using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>
/// Brings notifications out, each channel at its own pace: one that is down holds up neither the other nor anything else. What was not taken is
/// tried again, longer and longer apart, until somebody has opened the message; always under the same id, so that a receiver can tell a repeat.
/// </summary>
internal sealed partial class Notifier(
    NoteStore store, EhrConnection ehr, WebhookChannel webhook, MailChannel mail, MessageBell bell, CareTeamMetrics metrics, IOptions<CareTeamOptions> options, TimeProvider time,
    ILogger<Notifier> logger) : BackgroundService
{
    private const int AtOnce = 8;

    // Some days of five minutes: by then the ladder has long told somebody else, or said that nobody was.
    private const int MostAttempts = 1000;

    private readonly NotifyOptions options = options.Value.Notify;

    private Channel[] Channels { get; } = [new(Notifications.Webhook, new SemaphoreSlim(AtOnce)), new(Notifications.Mail, new SemaphoreSlim(AtOnce))];

    /// <summary>Sends everything that is due, and comes back when each has its answer.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        List<Task> sending = [];
        await Task.WhenAll(Channels.Select(channel => BeginAsync(channel, sending, cancellationToken)));
        await Task.WhenAll(sending);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> sending = [];
        await Task.WhenAll(Channels.Select(channel => Rounds.RunAsync(
            cancellationToken => BeginAsync(channel, sending, cancellationToken), cancellationToken => store.NextNotificationAsync(ehr.Id, channel.Name, cancellationToken),
            bell.Changed, time, trouble => Log.Troubled(logger, trouble), stoppingToken)));
        await Task.WhenAll(sending);
    }

    // Whoever gets no answer is not waited for: what comes next on the channel goes out beside it, up to so many at once.
    private async Task BeginAsync(Channel channel, List<Task> sending, CancellationToken cancellationToken)
    {
        while (true)
        {
            await channel.Free.WaitAsync(cancellationToken);
            Task? begun = null;
            try
            {
                if (await store.TakeNotificationAsync(ehr.Id, channel.Name, 2 * options.Timeout.Value + TimeSpan.FromSeconds(1), cancellationToken) is not { } due)
                    return;
                begun = SendAsync(channel, due, cancellationToken);
            }
            finally
            {
                if (begun is null)
                    channel.Free.Release();
            }
            lock (sending)
            {
                sending.RemoveAll(done => done.IsCompleted);
                sending.Add(begun);
            }
        }
    }

    private async Task SendAsync(Channel channel, DueNotification due, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(due, cancellationToken);
        }
        catch (Exception trouble)
        {
            // It stays taken for a while and is everybody's again then.
            Log.Troubled(logger, trouble.GetType().Name);
        }
        finally
        {
            channel.Free.Release();
        }
    }

    private async Task SendAsync(DueNotification due, CancellationToken cancellationToken)
    {
        var taken = due.Channel == Notifications.Mail ? await mail.SendAsync(due, cancellationToken) : await webhook.SendAsync(due, cancellationToken);
        metrics.Notified(due.Channel, taken);
        if (taken)
        {
            // It is out: that is written down also when the host stops now.
            await store.NotificationSentAsync(due.Id, CancellationToken.None);
            Log.Sent(logger, due.Message, due.Channel, due.Attempt);
            return;
        }

        await store.NotificationFailedAsync(due.Id, due.Attempt < MostAttempts ? time.GetUtcNow() + Wait(due.Attempt) : null, CancellationToken.None);
        Log.NotTaken(logger, due.Message, due.Channel, due.Attempt);
    }

    private TimeSpan Wait(int attempt)
    {
        var wait = options.FirstWait.Value * Math.Pow(2, Math.Min(attempt - 1, 20));
        return wait < options.LongestWait.Value ? wait : options.LongestWait.Value;
    }

    private sealed record Channel(string Name, SemaphoreSlim Free);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "People were told of message {Number} by {Channel} (try {Attempt}).")]
        public static partial void Sent(ILogger logger, long number, string channel, int attempt);

        [LoggerMessage(LogLevel.Warning, "The {Channel} did not take the notification of message {Number} (try {Attempt}); it is tried again.")]
        public static partial void NotTaken(ILogger logger, long number, string channel, int attempt);

        [LoggerMessage(LogLevel.Error, "The notifications met {Trouble}; they go on in a moment.")]
        public static partial void Troubled(ILogger logger, string trouble);
    }
}
