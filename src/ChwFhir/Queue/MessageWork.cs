using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>What people and clocks do with messages. Each change is one commit with all that follows from it: the note's status, its history, who is told next.</summary>
internal static class MessageWork
{
    /// <summary>Decides under the message's lock, by what it is at that moment.</summary>
    /// <param name="decide">Pure; may be asked again when somebody was faster. Null: nothing changes.</param>
    /// <returns>The message as it is afterwards; null when there is none.</returns>
    public static StoredMessage? Change(Session session, string ehr, long number, Func<StoredMessage, MessageChange?> decide)
    {
        Lock(session, number);
        if (MessageReads.Find(session, ehr, number) is not { } message)
            return null;
        if (decide(message) is not { } change)
            return message;

        Messages.Happened(session, number, change.What, change.By, change.Role, change.Detail);
        var further = change.Reach > message.Reach;
        session.Do(
            """
            UPDATE message SET reach = $2, reach_by = $3, reach_at = $4, taken_by = COALESCE($5, taken_by), outcome = COALESCE($6, outcome),
                open = $7, climb_at = CASE WHEN $8 = 1 THEN NULL ELSE climb_at END, untold = CASE WHEN $8 = 1 THEN 0 ELSE untold END
            WHERE number = $1
            """,
            number, Words.Of(further ? change.Reach : message.Reach), Secret.Person.Of(further ? change.By : message.By), further ? session.Here : message.At?.Milliseconds(),
            Secret.Person.Of(change.TakenBy), Secret.Words.Of(change.Outcome, RowName.Message(number)), change.Reach == MessageReach.Closed || !message.IsOpen ? 0 : 1, change.StopsTheClock ? 1 : 0);
        if (change.StopsTheClock)
            session.Do("UPDATE notification SET state = 'not-needed' WHERE number = $1 AND state = 'waiting'", number);
        foreach (var (symptom, until) in change.Known)
            KnownSymptoms.Keep(session, number, symptom, until, change.By);
        if (change.Reply is { } reply)
            Reply(session, number, change, reply);
        if (change.Filed is { Reply: { } filed, Note: var note })
            session.Execute("UPDATE message_reply SET filed_as = $3 WHERE number = $1 AND id = $2", number, filed, Secret.CallersId.Of(note));
        if (message.Untold && change.StopsTheClock)
            Told(session, number);
        if (change.HandedOn is { } handed)
        {
            if (change.What != "handed")
                Messages.Happened(session, number, "handed", change.By, change.Role, handed.To);
            Hand(session, message, handed);
        }
        TouchNote(session, number);
        return MessageReads.Find(session, ehr, number);
    }

    // Whoever had it may read on, and stops no clock by it.
    private static void Hand(Session session, StoredMessage message, HandedOn handed)
    {
        session.Do(
            "UPDATE message SET reach = $2, reach_by = NULL, reach_at = NULL, taken_by = NULL, due_at = $3, climb_at = $4 WHERE number = $1",
            message.Number, Words.Of(MessageReach.Waiting), handed.DueAt.Milliseconds(), handed.ClimbAt?.Milliseconds());
        session.Do("UPDATE message_recipient SET copied = 1 WHERE number = $1", message.Number);
        session.Do("DELETE FROM message_recipient WHERE number = $1 AND recipient = $2", message.Number, Secret.Person.Of(handed.To));
        Messages.AddRecipient(session, message.Number, handed.To, message.Rung, copied: false);
        Messages.Notify(session, session.Row("SELECT ehr_id FROM message WHERE number = $1", row => row.GetInt64(0), message.Number), message.Number, message.Rung, handed.Notifications);
    }

    /// <summary>A message that came by itself. The same id with the same content is the same message.</summary>
    /// <returns>It, and whether it was here before.</returns>
    public static (StoredMessage Message, bool WasHere) Keep(Session session, string baseUrl, string patient, IncomingMessage message)
    {
        var ehr = Ehrs.Keep(session, baseUrl);
        if (message.ClientId is { } clientId && MessageReads.OfClient(session, ehr, clientId) is { } present)
            return (present, true);
        return (MessageReads.Find(session, baseUrl, Messages.Keep(session, ehr, null, patient, message))!, false);
    }

    /// <summary>Messages whose time has come and that nobody has opened, the longest due first.</summary>
    public static IReadOnlyList<StoredMessage> Overdue(Session session, string baseUrl, int most)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr)
            return [];
        var numbers = session.Rows(
            $"SELECT number FROM message WHERE ehr_id = $1 AND climb_at IS NOT NULL AND climb_at <= $2 ORDER BY climb_at LIMIT {most}", row => row.GetInt64(0), ehr, session.Here);
        return [.. numbers.Select(number => MessageReads.Any(session, number) is { IsDamaged: true } damaged ? damaged : MessageReads.Find(session, baseUrl, number)!)];
    }

    public static DateTimeOffset? NextClimb(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is { } ehr
        ? session.Row("SELECT MIN(climb_at) FROM message WHERE ehr_id = $1 AND climb_at IS NOT NULL", row => row.TimeOrNull(0), ehr)
        : null;

    /// <summary>To the next rung: once, whoever of several instances is first.</summary>
    /// <returns>False when it was opened or climbed meanwhile.</returns>
    public static bool Climb(Session session, string baseUrl, StoredMessage seen, MessageRung rung)
    {
        Lock(session, seen.Number);
        var moved = session.Execute(
            "UPDATE message SET rung = rung + $4, climb_at = $5, untold = $6 WHERE number = $1 AND rung = $2 AND climb_at = $3 AND open = 1",
            seen.Number, seen.Rung, seen.ClimbAt!.Value.Milliseconds(), rung.Who is null ? 0 : 1, rung.NextAt?.Milliseconds(), rung.NobodyTold is null ? 0 : 1);
        if (moved == 0)
            return false;

        if (rung.Who is { } who)
        {
            var number = seen.Rung + 1;
            session.Do("DELETE FROM message_recipient WHERE number = $1 AND recipient = $2 AND copied = 1", seen.Number, Secret.Person.Of(who));
            Messages.AddRecipient(session, seen.Number, who, number, copied: false);
            foreach (var copy in rung.Copied)
                Messages.AddRecipient(session, seen.Number, copy, number, copied: true);
            Messages.Notify(session, Ehrs.Keep(session, baseUrl), seen.Number, number, rung.Notifications);
            Messages.Happened(session, seen.Number, "climbed", detail: who);
        }

        if (rung.NobodyTold is { } issue)
            NobodyTold(session, seen.Number, issue);
        TouchNote(session, seen.Number);
        return true;
    }

    /// <summary>A message that was damaged in the database climbs no further; its note waits for a person.</summary>
    public static void SetAside(Session session, long number)
    {
        Lock(session, number);
        session.Do("UPDATE message SET climb_at = NULL, untold = 1 WHERE number = $1", number);
        NobodyTold(session, number, Notes.Damaged);
        TouchNote(session, number);
    }

    /// <summary>Whether the note has something that nobody was told of: then it is not done, however well it is written.</summary>
    public static bool IsUntold(Session session, long note) =>
        session.Row("SELECT 1 FROM message WHERE note_number = $1 AND untold = 1 LIMIT 1", _ => true, note);

    /// <summary>The note's lane, its row, then the message: the order in which everybody takes them.</summary>
    internal static void Lock(Session session, long number)
    {
        if (!session.Database.Shared)
            return;
        if (session.Row("SELECT note.lane_id FROM message JOIN note ON note.number = message.note_number WHERE message.number = $1", row => row.GetInt64(0), number) is var lane and not 0)
            Lanes.Lock(session, lane);
        session.Row($"SELECT number FROM message WHERE number = $1{session.Database.Locked("message")}", _ => true, number);
    }

    private static void Reply(Session session, long number, MessageChange change, IncomingReply reply)
    {
        var id = session.Next("message_reply", "id")();
        var name = RowName.Reply(id);
        session.Do(
            "INSERT INTO message_reply (number, client_id, hash, at, by, role, body, fhir, id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            number, Secret.CallersId.Of(reply.ClientId), Secret.Hash.Of(reply.Hash, name), session.Here, Secret.Person.Of(change.By), change.Role,
            Secret.Reply.Of(reply.Body, name), Secret.ReplyInFhir.Of(reply.Fhir(id), name), id);
        Messages.Notify(session, session.Row("SELECT ehr_id FROM message WHERE number = $1", row => row.GetInt64(0), number), number, rung: 0, reply.Notifications);
    }

    // A note that is in the chart waits for a person now; one that is still on its way is stopped when it gets there.
    private static void NobodyTold(Session session, long number, NoteIssue issue)
    {
        Messages.Happened(session, number, "nobody-told");
        if (NoteOf(session, number) is not { } note)
            return;
        session.Do("UPDATE note SET state = 'needs-attention', untold = 1 WHERE number = $1 AND state = 'written'", note);
        Progress.Touch(session, note, issues => StagedIssues.Add(issues, StagedIssues.Told, [issue]));
    }

    // Somebody has opened it after all: the note is as far as its writing is.
    private static void Told(Session session, long number)
    {
        if (NoteOf(session, number) is not { } note || IsUntold(session, note))
            return;
        session.Do("UPDATE note SET state = 'written', untold = 0 WHERE number = $1 AND state = 'needs-attention' AND untold = 1", note);
        Progress.Touch(session, note, issues => StagedIssues.Replace(issues, StagedIssues.Told, []));
    }

    internal static void TouchNote(Session session, long number)
    {
        if (NoteOf(session, number) is { } note)
            Progress.Touch(session, note);
    }

    private static long? NoteOf(Session session, long number) =>
        session.Row("SELECT note_number FROM message WHERE number = $1", row => row.IsDBNull(0) ? default(long?) : row.GetInt64(0), number);
}
