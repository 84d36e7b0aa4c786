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

    /// <summary>Sends everything that is due.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        List<Task> sending = [];
        while (await store.TakeNotificationAsync(ehr.Id, 2 * options.Timeout.Value + TimeSpan.FromSeconds(1), cancellationToken) is { } due)
        {
            sending.Add(SendAsync(due, cancellationToken));
            if (sending.Count >= AtOnce)
                sending.Remove(await Task.WhenAny(sending));
        }
        await Task.WhenAll(sending);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(SendAsync, cancellationToken => store.NextNotificationAsync(ehr.Id, cancellationToken), bell.Changed, time, trouble => Log.Troubled(logger, trouble), stoppingToken);

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
