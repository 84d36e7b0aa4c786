using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Messages into the store, and what a note's status shows of them.</summary>
internal static class Messages
{
    /// <summary>In the commit of whatever brings them.</summary>
    /// <returns>As they would be read.</returns>
    public static IReadOnlyList<MessageRow> Keep(Session session, long ehr, long? note, string patient, IEnumerable<IncomingMessage> messages) =>
        [.. messages.Select(message => Row(message, Keep(session, ehr, note, patient, message)))];

    /// <returns>Our own number of the message.</returns>
    public static long Keep(Session session, long ehr, long? note, string patient, IncomingMessage message)
    {
        var number = session.Next("message", "number")();
        var name = RowName.Message(number);
        session.Do(
            """
            INSERT INTO message (number, whose, ehr_id, note_number, key, client_id, hash, patient, sender, sender_role, kind, urgency, held, alert, sent_at, due_at, climb_at, body)
            VALUES ($17, $18, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            ehr, note, Secret.Key.Of(message.Key), Secret.CallersId.Of(message.ClientId), Secret.Hash.Of(message.Hash, name), Secret.Patient.Of(patient), Secret.Person.Of(message.Sender), message.SenderRole, message.Kind, message.Urgency,
            message.Held ? 1 : 0, message.Alert ? 1 : 0, message.SentAt.Milliseconds(), message.DueAt.Milliseconds(), message.ClimbAt?.Milliseconds(),
            Secret.Message.Of(message.Body, name), number, Belonging.OfMessage(number, note, patient, message.Sender));
        foreach (var recipient in message.To)
            AddRecipient(session, number, recipient, rung: 0, copied: false);
        Notify(session, ehr, number, rung: 0, message.Notifications);
        return number;
    }

    /// <summary>
    /// What an amended note tells in place of what it told: words that stay stay as they are, with whoever has opened them; changed ones are
    /// withdrawn and told anew.
    /// </summary>
    public static void Amend(Session session, long note, IReadOnlyList<IncomingMessage> messages)
    {
        var (ehr, patient) = session.Row("SELECT ehr_id, patient FROM note WHERE number = $1", row => (row.GetInt64(0), row.GetString(1, Secret.Patient)), note);
        var told = session.Rows(
            "SELECT number, key, hash FROM message WHERE note_number = $1 AND withdrawn IS NULL", row => (Number: row.GetInt64(0), Key: row.GetString(1, Secret.Key), Hash: row.GetString(2, Secret.Hash, RowName.Message(row.GetInt64(0)))), note);
        foreach (var (number, key, hash) in told)
        {
            if (!messages.Any(message => message.Key == key && message.Hash == hash))
                Withdraw(session, number, "amended");
        }
        Keep(session, ehr, note, patient, messages.Where(message => !told.Any(before => before.Key == message.Key && before.Hash == message.Hash)));
    }

    /// <summary>Some of what a note tells in other words, or to other people; all else stays with whoever has opened it.</summary>
    public static void Replace(Session session, long note, ToldAnew told)
    {
        var (ehr, patient) = session.Row("SELECT ehr_id, patient FROM note WHERE number = $1", row => (row.GetInt64(0), row.GetString(1, Secret.Patient)), note);
        foreach (var (number, key) in session.Rows("SELECT number, key FROM message WHERE note_number = $1 AND withdrawn IS NULL", row => (row.GetInt64(0), row.GetString(1, Secret.Key)), note))
        {
            if (told.NoMore.Contains(key) || told.Messages.Any(message => message.Key == key))
                Withdraw(session, number, "amended");
        }
        Keep(session, ehr, note, patient, told.Messages);
    }

    /// <summary>What was found out since the receipt: messages that nobody knew of, and that one is only for a few.</summary>
    public static void TellMore(Session session, long note, IReadOnlyList<IncomingMessage> messages)
    {
        var (ehr, patient, lane) = session.Row("SELECT ehr_id, patient, lane_id FROM note WHERE number = $1", row => (row.GetInt64(0), row.GetString(1, Secret.Patient), row.GetInt64(2)), note);
        Lanes.Lock(session, lane);
        foreach (var message in messages)
        {
            var told = session.Row("SELECT number FROM message WHERE note_number = $1 AND key = $2 AND withdrawn IS NULL", row => row.GetInt64(0), note, Secret.Key.Of(message.Key));
            if (told == 0)
                Keep(session, ehr, note, patient, message);
            else
                Hold(session, told, message.To);
        }
        Progress.Touch(session, note);
    }

    /// <summary>All messages of a note that is taken back: nobody is asked to act on them any more.</summary>
    public static void WithdrawOf(Session session, long note, string why)
    {
        foreach (var number in session.Rows("SELECT number FROM message WHERE note_number = $1 AND withdrawn IS NULL", row => row.GetInt64(0), note))
            Withdraw(session, number, why);
    }

    public static MessageRow[] Of(Session session, long note) =>
    [
        .. session.Rows(
            "SELECT number, key, urgency, reach, reach_by, reach_at, EXISTS (SELECT 1 FROM notification WHERE notification.number = message.number), held, note_number FROM message WHERE note_number = $1 AND (withdrawn IS NULL OR withdrawn = 'retracted') ORDER BY number",
            Row, note),
    ];

    public static ILookup<long, MessageRow> Of(Session session, IEnumerable<long> notes) => session.Rows(
        $"""
        SELECT number, key, urgency, reach, reach_by, reach_at, EXISTS (SELECT 1 FROM notification WHERE notification.number = message.number), held, note_number FROM message
        WHERE note_number IN ({session.Database.NumbersIn("$1")}) AND (withdrawn IS NULL OR withdrawn = 'retracted') ORDER BY number
        """,
        row => (Note: row.GetInt64(8), Row: Row(row)), $"[{string.Join(',', notes)}]").ToLookup(found => found.Note, found => found.Row);

    public static void AddRecipient(Session session, long number, string recipient, int rung, bool copied) => session.Do(
        "INSERT INTO message_recipient (number, recipient, rung, copied, of_team) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number, recipient) DO NOTHING",
        number, Secret.Person.Of(recipient), rung, copied ? 1 : 0, IsTeam(recipient) ? 1 : 0);

    /// <summary>Who reads what is for care teams asks for it; of a recipient that is sealed one cannot tell.</summary>
    public static bool IsTeam(string recipient) => recipient.Contains("CareTeam/", StringComparison.OrdinalIgnoreCase);

    public static void Notify(Session session, long ehr, long number, int rung, IEnumerable<IncomingNotification> notifications)
    {
        foreach (var (channel, target, addressed) in notifications)
            session.Do(
                "INSERT INTO notification (number, ehr_id, rung, channel, target, addressed, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                number, ehr, rung, channel, Secret.Target.Of(target, RowName.Notification(number, rung, channel)), Secret.Addressed.Of(Columns.Json(addressed), RowName.Notification(number, rung, channel)), session.Here);
    }

    public static void Happened(Session session, long number, string what, string? by = null, string? role = null, string? detail = null)
    {
        var at = session.Here;
        session.Do(
            "INSERT INTO message_event (number, at, what, by, role, detail) VALUES ($1, $2, $3, $4, $5, $6)", number, at, what, Secret.Person.Of(by), role, Secret.Words.Of(detail, RowName.Event(number, at, what)));
    }

    private static void Hold(Session session, long number, IReadOnlyList<string> to)
    {
        session.Do("UPDATE message SET held = 1 WHERE number = $1", number);
        session.Do("DELETE FROM message_recipient WHERE number = $1", number);
        foreach (var recipient in to)
            AddRecipient(session, number, recipient, rung: 0, copied: false);
        Happened(session, number, "held");
    }

    private static void Withdraw(Session session, long number, string why)
    {
        session.Do("UPDATE message SET withdrawn = $2, open = 0, climb_at = NULL, untold = 0 WHERE number = $1", number, why);
        session.Do("UPDATE notification SET state = 'not-needed' WHERE number = $1 AND state = 'waiting'", number);
        Happened(session, number, "withdrawn", detail: why);
    }

    /// <summary>One that was just kept.</summary>
    internal static MessageRow Row(IncomingMessage message, long number) =>
        new(number, message.Key, message.Urgency, MessageReach.Waiting, null, null, message.Notifications.Count > 0, message.Held);

    private static MessageRow Row(StoreRow row) => new(
        row.GetInt64(0), row.GetString(1, Secret.Key), row.GetString(2), Reach(row.GetString(3)), row.Text(4, Secret.Person), row.TimeOrNull(5), row.Flag(6), row.GetInt32(7) == 1);

    internal static MessageReach Reach(string word) =>
        Words.TryParse<MessageReach>(word, out var reach) ? reach : throw new InvalidDataException("A message has a reach that is none.");
}
