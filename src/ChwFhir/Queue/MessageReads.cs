using System.Data.Common;
using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>Messages out of the store.</summary>
internal static class MessageReads
{
    private const string Select = """
        SELECT message.number, note.id, note.state, message.key, message.kind, message.patient, message.sender, message.sender_role, message.urgency,
            message.held, message.alert, message.sent_at, message.due_at, message.reach, message.reach_by, message.reach_at, message.taken_by,
            message.outcome, message.withdrawn, message.rung, message.climb_at, message.untold, message.hash, message.body,
            EXISTS (SELECT 1 FROM notification WHERE notification.number = message.number)
        FROM message LEFT JOIN note ON note.number = message.note_number
        """;

    public static StoredMessage? Find(Session session, string baseUrl, long number) =>
        Ehrs.Find(session, baseUrl) is { } ehr ? Whole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND message.number = $2", Read, ehr, number)) : null;

    public static StoredMessage? OfClient(Session session, long ehr, string clientId) =>
        Whole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND message.client_id = $2", Read, ehr, clientId));

    public static StoredMessage? OfNote(Session session, string baseUrl, string noteId, string key) => Ehrs.Find(session, baseUrl) is { } ehr
        ? Whole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND note.ehr_id = $1 AND note.id = $2 AND message.key = $3 AND message.withdrawn IS NULL", Read, ehr, noteId, key))
        : null;

    public static MessagePage List(Session session, MessageFilter filter)
    {
        if (Ehrs.Find(session, filter.Ehr) is not { } ehr)
            return new MessagePage([], null);

        var limit = Math.Clamp(filter.Limit, 1, 200);
        List<object?> values = [ehr, filter.Self, Columns.Json(filter.Readers), .. filter.Covered.Count > 0 ? [Columns.Json(filter.Covered)] : Array.Empty<object?>()];
        var where = $"""
            message.ehr_id = $1 AND message.open = {(filter.Open ? 1 : 0)} AND (message.withdrawn IS NULL OR message.withdrawn = 'retracted')
            AND (message.sender = $2 OR message.taken_by = $2 OR EXISTS (SELECT 1 FROM message_recipient WHERE message_recipient.number = message.number AND (recipient IN ({session.Database.TextsIn("$3")}){Covered("$4")}{(filter.ReadsCareTeams ? " OR recipient LIKE '%CareTeam/%'" : "")})))
            """;
        if (filter.Mine) where += " AND (message.taken_by = $2 OR message.sender = $2)";
        if (filter.Patient is { } patient) where += $" AND message.patient = {Value(patient)}";
        if (filter.Patients is { } some) where += $" AND message.patient IN ({session.Database.TextsIn(Value(Columns.Json(some)))})";
        if (filter.To is { } to) where += $" AND EXISTS (SELECT 1 FROM message_recipient WHERE message_recipient.number = message.number AND recipient = {Value(to)})";
        if (MessageCursor.TryRead(filter.Cursor, out var due, out var last))
            where += filter.Open ? $" AND (message.due_at, message.number) > ({Value(due)}, {Value(last)})" : $" AND message.number < {Value(last)}";
        var order = filter.Open ? "message.due_at, message.number" : "message.number DESC";
        var found = session.Rows($"{Select} WHERE {where} ORDER BY {order} LIMIT {limit + 1}", Read, [.. values]);

        var items = found.Take(limit).Select(message => Whole(session, message)!).ToList();
        return new MessagePage(items, found.Count > limit ? MessageCursor.After(items[^1]) : null);

        string Covered(string at) => filter.Covered.Count == 0 ? "" : $" OR (message.held = 0 AND recipient IN ({session.Database.TextsIn(at)}))";

        string Value(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    /// <summary>Patients of whom the inbox of a reader has messages, open or closed.</summary>
    public static IReadOnlyList<string> Patients(Session session, MessageFilter filter) => Ehrs.Find(session, filter.Ehr) is not { } ehr ? [] : session.Rows(
        $"""
        SELECT DISTINCT message.patient FROM message JOIN message_recipient ON message_recipient.number = message.number
        WHERE message.ehr_id = $1 AND (recipient IN ({session.Database.TextsIn("$2")}) OR (message.held = 0 AND recipient IN ({session.Database.TextsIn("$3")})){(filter.ReadsCareTeams ? " OR recipient LIKE '%CareTeam/%'" : "")})
        """,
        row => row.GetString(0), ehr, Columns.Json(filter.Readers), Columns.Json(filter.Covered));

    public static IReadOnlyList<MessageEvent> History(Session session, long number) => session.Rows(
        "SELECT at, what, by, role, detail FROM message_event WHERE number = $1 ORDER BY id",
        row => new MessageEvent(row.Time(0), row.GetString(1), row.Text(2), row.Text(3), row.Text(4)), number);

    private static StoredMessage? Whole(Session session, StoredMessage? message) => message is null ? null : message with
    {
        To = session.Rows(
            "SELECT recipient, rung, copied FROM message_recipient WHERE number = $1 ORDER BY rung, copied, recipient",
            row => new MessageRecipient(row.GetString(0), row.GetInt32(1), row.GetInt32(2) == 1), message.Number),
        Replies = session.Rows(
            "SELECT id, client_id, hash, at, by, role, body, fhir, filed_as FROM message_reply WHERE number = $1 ORDER BY id",
            row => new StoredReply(
                row.GetInt64(0), row.Text(1), row.GetString(2), row.Time(3), row.GetString(4), row.GetString(5), row.GetFieldValue<byte[]>(6), row.GetFieldValue<byte[]>(7), row.Text(8)),
            message.Number),
        Seen = [.. session.Rows(
            "SELECT by, role, at FROM message_event WHERE number = $1 AND by IS NOT NULL AND what IN ('opened', 'acknowledged', 'taken', 'handed', 'replied', 'closed') ORDER BY id",
            row => new SeenBy(row.GetString(0), row.Text(1) ?? "", row.Time(2)), message.Number).DistinctBy(seen => seen.By)],
        Filed = session.Rows(
            "SELECT at, by, role, detail FROM message_event WHERE number = $1 AND what = 'filed' ORDER BY id",
            row => new FiledWords(row.Time(0), row.GetString(1), row.GetString(2), row.GetString(3)), message.Number),
    };

    private static StoredMessage Read(DbDataReader row) => new(
        row.GetInt64(0), row.Text(1), row.Text(2) is { } state && Words.TryParse<NoteState>(state, out var known) ? known : null, row.GetString(3), row.GetString(4),
        row.GetString(5), row.Text(6), row.GetString(7), row.GetString(8), row.GetInt32(9) == 1, row.GetInt32(10) == 1, row.Time(11), row.Time(12),
        Messages.Reach(row.GetString(13)), row.Text(14), row.TimeOrNull(15), row.Text(16), row.Text(17), row.Text(18), row.GetInt32(19), row.TimeOrNull(20),
        row.GetInt32(21) == 1, row.GetString(22), row.GetFieldValue<byte[]>(23))
    {
        AnybodyNotified = row.Flag(24),
    };
}
