using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Messages out of the store.</summary>
internal static class MessageReads
{
    private const string Select = """
        SELECT message.number, note.id, note.state, message.key, message.kind, message.patient, message.sender, message.sender_role, message.urgency,
            message.held, message.alert, message.sent_at, message.due_at, message.reach, message.reach_by, message.reach_at, message.taken_by,
            message.outcome, message.withdrawn, message.rung, message.climb_at, message.untold, message.hash, message.body,
            EXISTS (SELECT 1 FROM notification WHERE notification.number = message.number), message.whose, message.note_number,
            note.author, note.sender, note.sent_by
        FROM message LEFT JOIN note ON note.number = message.note_number
        """;

    public static StoredMessage? Find(Session session, string baseUrl, long number) =>
        Ehrs.Find(session, baseUrl) is { } ehr ? OneWhole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND message.number = $2", Read, ehr, number)) : null;

    public static StoredMessage? OfClient(Session session, long ehr, string clientId) =>
        OneWhole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND message.client_id = $2", Read, ehr, Secret.CallersId.Of(clientId)));

    public static StoredMessage? OfNote(Session session, string baseUrl, string noteId, string key) => Ehrs.Find(session, baseUrl) is { } ehr
        ? OneWhole(session, session.Row($"{Select} WHERE message.ehr_id = $1 AND note.ehr_id = $1 AND note.id = $2 AND message.key = $3 AND message.withdrawn IS NULL", Read, ehr, Secret.CallersId.Of(noteId), Secret.Key.Of(key)))
        : null;

    public static MessagePage List(Session session, MessageFilter filter)
    {
        if (Ehrs.Find(session, filter.Ehr) is not { } ehr)
            return new MessagePage([], null);

        var limit = Math.Clamp(filter.Limit, 1, 200);
        List<object?> values = [ehr, Secret.Person.Of(filter.Self)];
        var where = $"""
            message.ehr_id = $1 AND message.open = {(filter.Open ? 1 : 0)} AND (message.withdrawn IS NULL OR message.withdrawn = 'retracted')
            AND (message.sender = $2 OR message.taken_by = $2 OR EXISTS (SELECT 1 FROM message_recipient WHERE message_recipient.number = message.number AND {IsFor(session, filter, Value)}))
            """;
        if (filter.Mine) where += " AND (message.taken_by = $2 OR message.sender = $2)";
        if (filter.Patient is { } patient) where += $" AND message.patient = {Value(Secret.Patient.Of(patient))}";
        if (filter.Patients is { } some) where += $" AND message.patient IN ({session.Database.TextsIn(Value(Secret.Patient.Any(some)))})";
        if (filter.To is { } to) where += $" AND EXISTS (SELECT 1 FROM message_recipient WHERE message_recipient.number = message.number AND recipient = {Value(Secret.Person.Of(to))})";
        var isNext = MessageCursor.TryRead(filter.Cursor, out var behind);
        var asOf = isNext ? behind.AsOf : session.Here;
        var order = "message.number DESC";
        if (filter.Open)
        {
            var press = MessagePress.Sql(Value(asOf));
            order = $"{press}, message.due_at, message.number";
            if (isNext) where += $" AND ({order}) > ({Value(behind.Press)}, {Value(behind.DueAt)}, {Value(behind.Number)})";
        }
        else if (isNext)
        {
            where += $" AND message.number < {Value(behind.Number)}";
        }
        var found = session.Rows($"{Select} WHERE {where} ORDER BY {order} LIMIT {limit + 1}", Read, [.. values]);

        // One that was damaged holds up no inbox; its note, and the log, say that it is.
        var items = found.Take(limit).Where(message => !message.IsDamaged).Select(message => Whole(session, message)).ToList();
        return new MessagePage(items, found.Count > limit ? MessageCursor.After(found[limit - 1], PressOf(found[limit - 1].Number), asOf) : null);

        int PressOf(long number) => session.Row($"SELECT {MessagePress.Sql("$2")} FROM message WHERE message.number = $1", row => row.GetInt32(0), number, asOf);

        string Value(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    /// <summary>Patients of whom the inbox of a reader has messages, open or closed.</summary>
    public static IReadOnlyList<string> Patients(Session session, MessageFilter filter)
    {
        if (Ehrs.Find(session, filter.Ehr) is not { } ehr)
            return [];
        List<object?> values = [ehr];
        var isFor = IsFor(session, filter, value =>
        {
            values.Add(value);
            return $"${values.Count}";
        });
        return session.Rows(
            $"""
            SELECT DISTINCT message.patient FROM message JOIN message_recipient ON message_recipient.number = message.number LEFT JOIN note ON note.number = message.note_number
            WHERE message.ehr_id = $1 AND {isFor}
            """,
            row => row.TextIfItOpens(0, Secret.Patient), [.. values]).OfType<string>().ToList();
    }

    // Of a row of message_recipient beside its message and the note that tells it.
    private static string IsFor(Session session, MessageFilter filter, Func<object?, string> value)
    {
        List<string> any = [$"recipient IN ({Persons(filter.Readers)})"];
        if (filter.Covered.Count > 0) any.Add($"(message.held = 0 AND recipient IN ({Persons(filter.Covered)}))");
        if (filter.ReadsCareTeams) any.Add("of_team = 1");
        if (filter.Supervised is { } own) any.Add($"(recipient = {value(Secret.Person.Of(SupervisedMessages.Recipient))} AND {IsOf(own)})");
        if (filter.SupervisedOpenly is { } open) any.Add($"(message.held = 0 AND recipient = {value(Secret.Person.Of(SupervisedMessages.Recipient))} AND {IsOf(open)})");
        return $"({string.Join(" OR ", any)})";

        string IsOf(SupervisedMessages whose)
        {
            if (whose.IsAll)
                return "1 = 1";
            var writers = Persons(whose.Writers);
            var patient = whose.Patients is { } some ? $"message.patient IN ({session.Database.TextsIn(value(Secret.Patient.Any(some)))})" : "1 = 1";
            return $"""
                (message.sender IN ({writers}) OR note.author IN ({writers}) OR note.sender IN ({writers}) OR note.sent_by IN ({writers})
                OR ((message.sender_role <> 'chw' OR (message.note_number IS NOT NULL AND note.author IS NULL)) AND (message.held = 0 OR {patient})))
                """;
        }

        string Persons(IReadOnlyCollection<string> some) => session.Database.TextsIn(value(Secret.Person.Any(some)));
    }

    public static IReadOnlyList<MessageEvent> History(Session session, long number) => session.Rows(
        "SELECT at, what, by, role, detail FROM message_event WHERE number = $1 ORDER BY id",
        row => new MessageEvent(row.Time(0), row.GetString(1), row.Text(2, Secret.Person), row.Text(3), row.Text(4, Secret.Words, RowName.Event(number, row.GetInt64(0), row.GetString(1)))), number);

    /// <summary>Also one that was damaged: whoever works through them has to see to it.</summary>
    public static StoredMessage? Any(Session session, long number) => session.Row($"{Select} WHERE message.number = $1", Read, number);

    // A recipient, a reply or words that were damaged are left out: what stands beside them does not wait for them.
    private static StoredMessage? OneWhole(Session session, StoredMessage? message) =>
        message is null ? null : message.IsDamaged ? throw new SealBrokenException("message") : Whole(session, message);

    private static StoredMessage Whole(Session session, StoredMessage message) => message with
    {
        To =
        [
            .. session.Rows("SELECT recipient, rung, copied FROM message_recipient WHERE number = $1", Recipient, message.Number)
                .OfType<MessageRecipient>().OrderBy(to => to.Rung).ThenBy(to => to.Copied).ThenBy(to => to.Recipient, StringComparer.Ordinal),
        ],
        Replies =
        [
            .. session.Rows("SELECT id, client_id, hash, at, by, role, body, fhir, filed_as FROM message_reply WHERE number = $1 ORDER BY id", row => IfItOpens(row, Reply), message.Number)
                .OfType<StoredReply>(),
        ],
        Seen =
        [
            .. session.Rows(
                "SELECT by, role, at FROM message_event WHERE number = $1 AND by IS NOT NULL AND what IN ('opened', 'acknowledged', 'taken', 'handed', 'replied', 'closed') ORDER BY id",
                row => IfItOpens(row, seen => new SeenBy(seen.GetString(0, Secret.Person), seen.Text(1) ?? "", seen.Time(2))), message.Number).OfType<SeenBy>().DistinctBy(seen => seen.By),
        ],
        Filed =
        [
            .. session.Rows(
                "SELECT at, by, role, detail FROM message_event WHERE number = $1 AND what = 'filed' ORDER BY id",
                row => IfItOpens(row, filed => new FiledWords(filed.Time(0), filed.GetString(1, Secret.Person), filed.GetString(2), filed.GetString(3, Secret.Words, RowName.Event(message.Number, filed.GetInt64(0), "filed")))),
                message.Number).OfType<FiledWords>(),
        ],
    };

    private static MessageRecipient? Recipient(StoreRow row) =>
        row.TextIfItOpens(0, Secret.Person) is { } recipient ? new MessageRecipient(recipient, row.GetInt32(1), row.GetInt32(2) == 1) : null;

    private static StoredReply Reply(StoreRow row)
    {
        var name = RowName.Reply(row.GetInt64(0));
        return new StoredReply(
            row.GetInt64(0), row.Text(1, Secret.CallersId), row.GetString(2, Secret.Hash, name), row.Time(3), row.GetString(4, Secret.Person), row.GetString(5), row.GetBytes(6, Secret.Reply, name),
            row.GetBytes(7, Secret.ReplyInFhir, name), row.Text(8, Secret.CallersId));
    }

    private static T? IfItOpens<T>(StoreRow row, Func<StoreRow, T> read) where T : class
    {
        try
        {
            return read(row);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    private static StoredMessage Read(StoreRow row)
    {
        var number = row.GetInt64(0);
        try
        {
            var message = Read(row, number, RowName.Message(number));
            row.MustHold(25, Secret.Whose, Belonging.Message(number, row.IsDBNull(26) ? null : row.GetInt64(26), message.Patient, message.Sender));
            return message;
        }
        catch (SealBrokenException)
        {
            row.Damaged(RowName.Message(number));
            return new StoredMessage(
                number, null, null, Notes.Unreadable, row.GetString(4), Notes.Unreadable, null, row.GetString(7), row.GetString(8), row.GetInt32(9) == 1, row.GetInt32(10) == 1, row.Time(11), row.Time(12),
                Messages.Reach(row.GetString(13)), null, row.TimeOrNull(15), null, null, row.Text(18), row.GetInt32(19), row.TimeOrNull(20), row.GetInt32(21) == 1, "", default) { IsDamaged = true };
        }
    }

    private static StoredMessage Read(StoreRow row, long number, RowName name) => new(
        number, row.Text(1, Secret.CallersId), row.Text(2) is { } state && Words.TryParse<NoteState>(state, out var known) ? known : null, row.GetString(3, Secret.Key), row.GetString(4),
        row.GetString(5, Secret.Patient), row.Text(6, Secret.Person), row.GetString(7), row.GetString(8), row.GetInt32(9) == 1, row.GetInt32(10) == 1, row.Time(11), row.Time(12),
        Messages.Reach(row.GetString(13)), row.Text(14, Secret.Person), row.TimeOrNull(15), row.Text(16, Secret.Person), row.Text(17, Secret.Words, name), row.Text(18), row.GetInt32(19), row.TimeOrNull(20),
        row.GetInt32(21) == 1, row.GetString(22, Secret.Hash, name), row.GetBytes(23, Secret.Message, name))
    {
        AnybodyNotified = row.Flag(24),
        Writers = [.. new[] { row.Text(6, Secret.Person), row.Text(27, Secret.Person), row.Text(28, Secret.Person), row.Text(29, Secret.Person) }.OfType<string>().Distinct()],
        IsOfChw = row.GetString(7) == "chw" && (row.IsDBNull(26) || !row.IsDBNull(27)),
    };
}
