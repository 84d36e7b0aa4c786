using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChwFhir.CareTeam;

/// <summary>Looks after the messages whose time has come: each climbs one rung at a time, on disk before anybody is told, once whoever of several instances is first.</summary>
internal sealed partial class LadderWatch(NoteStore store, EhrConnection ehr, CoverBook covers, Ladder ladder, MessageBell bell, CareTeamMetrics metrics, TimeProvider time, ILogger<LadderWatch> logger) : BackgroundService
{
    private const int AtOnce = 100;

    /// <summary>Takes every message that is due one rung up.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        while (await store.OverdueMessagesAsync(ehr.Id, AtOnce, cancellationToken) is { Count: > 0 } overdue)
        {
            await covers.ReadAsync(cancellationToken);
            foreach (var message in overdue)
                await ClimbAsync(message, cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(LookAsync, cancellationToken => store.NextClimbAsync(ehr.Id, cancellationToken), bell.Changed, time, trouble => Log.Troubled(logger, trouble), stoppingToken);

    private async Task ClimbAsync(StoredMessage message, CancellationToken cancellationToken)
    {
        if (message.IsDamaged)
        {
            await store.SetAsideAsync(message.Number, cancellationToken);
            Log.Damaged(logger, message.Number);
            return;
        }

        var rung = ladder.Next(message, time.GetUtcNow());
        if (!await store.ClimbAsync(ehr.Id, message, rung, cancellationToken))
            return;

        metrics.Climbed(message.Urgency, rung);
        Log.Climbed(logger, message.Number, rung.Who is null ? message.Rung : message.Rung + 1, rung.NobodyTold is not null);
        bell.Ring();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Message {Number} was not opened in its time; it is on rung {Rung} now (nobody left: {Untold}).")]
        public static partial void Climbed(ILogger logger, long number, int rung, bool untold);

        [LoggerMessage(LogLevel.Error, "Message {Number} was changed or damaged outside of the service and nobody can be told of it; its note waits for a person.")]
        public static partial void Damaged(ILogger logger, long number);

        [LoggerMessage(LogLevel.Error, "The watch over messages met {Trouble}; it goes on in a moment.")]
        public static partial void Troubled(ILogger logger, string trouble);
    }
}
