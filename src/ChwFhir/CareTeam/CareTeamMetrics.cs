using System.Diagnostics.Metrics;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>How messages reach people: counts and times, by urgency and channel. No patient data in any tag.</summary>
internal sealed class CareTeamMetrics
{
    public const string Name = "ChwFhir.CareTeam";

    private readonly Counter<long> messages;
    private readonly Counter<long> notifications;
    private readonly Counter<long> rungs;
    private readonly Counter<long> untold;
    private readonly Histogram<double> toOpen;

    public CareTeamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        messages = meter.CreateCounter<long>("chwfhir.messages", "{message}", "Messages by the reach that they came to.");
        notifications = meter.CreateCounter<long>("chwfhir.notifications", "{notification}", "Notifications by channel and whether it took them.");
        rungs = meter.CreateCounter<long>("chwfhir.messages.climbed", "{rung}", "Rungs that unopened messages climbed.");
        untold = meter.CreateCounter<long>("chwfhir.messages.nobody_told", "{message}", "Messages that nobody opened and for which nobody was left.");
        toOpen = meter.CreateHistogram(
            "chwfhir.messages.time_to_open", "s", "Time from a message's receipt until somebody opened it.",
            tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 60, 300, 900, 3600, 14400, 43200, 86400, 172800, 604800] });
    }

    public void Kept(IEnumerable<IncomingMessage> kept)
    {
        foreach (var message in kept)
            messages.Add(1, new("reach", "waiting"), new("urgency", message.Urgency));
    }

    /// <summary>A message went further than it was.</summary>
    public void Reached(StoredMessage before, StoredMessage after)
    {
        if (after.Reach == before.Reach)
            return;
        messages.Add(1, new("reach", Intake.Words.Of(after.Reach)), new("urgency", after.Urgency));
        if (before.Reach < MessageReach.Opened && after.At is { } at)
            toOpen.Record(Math.Max(0, (at - after.SentAt).TotalSeconds), new KeyValuePair<string, object?>("urgency", after.Urgency));
    }

    public void Notified(string channel, bool taken) => notifications.Add(1, new("channel", channel), new("taken", taken ? "yes" : "no"));

    public void Climbed(string urgency, MessageRung rung)
    {
        if (rung.Who is not null)
            rungs.Add(1, new KeyValuePair<string, object?>("urgency", urgency));
        if (rung.NobodyTold is not null)
            untold.Add(1, new KeyValuePair<string, object?>("urgency", urgency));
    }
}
