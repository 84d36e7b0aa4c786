using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Notifications on their way out: each is taken by one sender at a time and stays until its channel has it.</summary>
internal static class Outbox
{
    /// <summary>Takes the one that has waited longest; nobody else gets it before <paramref name="hold"/> is over.</summary>
    public static DueNotification? Take(Session session, string baseUrl, string channel, TimeSpan hold)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr)
            return null;
        // Other instances must agree on how long it is ours.
        var now = session.Now;
        while (Claim(session, ehr, channel, now, hold) is var id and not 0)
        {
            try
            {
                return Taken(session, id);
            }
            catch (SealBrokenException)
            {
                // Where it was to go cannot be read: it goes nowhere, and those behind it go on.
                Failed(session, id, again: null);
            }
        }
        return null;
    }

    private static long Claim(Session session, long ehr, string channel, long now, TimeSpan hold)
    {
        var id = session.Row(
            $"SELECT id FROM notification WHERE ehr_id = $1 AND state = 'waiting' AND channel = $3 AND next_at <= $2 ORDER BY next_at, id LIMIT 1{session.Database.SkipLocked}", row => row.GetInt64(0), ehr, now, channel);
        if (id != 0)
            session.Do("UPDATE notification SET attempts = attempts + 1, next_at = $2 WHERE id = $1", id, now + (long)hold.TotalMilliseconds);
        return id;
    }

    private static DueNotification? Taken(Session session, long id) =>
        session.Row(
            """
            SELECT notification.id, notification.number, message.urgency, notification.rung, notification.channel, notification.target, notification.addressed, notification.attempts
            FROM notification JOIN message ON message.number = notification.number WHERE notification.id = $1
            """,
            row => Read(row, RowName.Notification(row.GetInt64(1), row.GetInt64(3), row.GetString(4))), id);

    private static DueNotification Read(StoreRow row, RowName name) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5, Secret.Target, name), row.Keys(6, Secret.Addressed, name), row.GetInt32(7));

    /// <summary>The channel has it.</summary>
    public static void Sent(Session session, long id)
    {
        var number = session.Row("SELECT number FROM notification WHERE id = $1", row => row.GetInt64(0), id);
        MessageWork.Lock(session, number);
        if (session.Execute("UPDATE notification SET state = 'sent', sent_at = $2 WHERE id = $1 AND state <> 'sent'", id, session.Here) == 0)
            return;
        Messages.Happened(session, number, "notified");
        session.Do("UPDATE message SET reach = 'notified', reach_at = $2 WHERE number = $1 AND reach = 'waiting'", number, session.Here);
        MessageWork.TouchNote(session, number);
    }

    /// <summary>It was not taken: again then, or never.</summary>
    public static void Failed(Session session, long id, DateTimeOffset? again) => session.Do(
        "UPDATE notification SET state = $2, next_at = COALESCE($3, next_at) WHERE id = $1 AND state = 'waiting'", id, again is null ? "gave-up" : "waiting", again?.Milliseconds());

    public static DateTimeOffset? NextDue(Session session, string baseUrl, string channel) => Ehrs.Find(session, baseUrl) is { } ehr
        ? session.Row("SELECT MIN(next_at) FROM notification WHERE ehr_id = $1 AND state = 'waiting' AND channel = $2", row => row.TimeOrNull(0), ehr, channel)
        : null;
}
