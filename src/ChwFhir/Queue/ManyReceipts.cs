using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>
/// Takes many notes in one transaction of a database that others write to as well: asked once for all of them, then each table is written by one
/// statement. The lanes are locked in one order by everybody, before anything is looked at.
/// </summary>
internal static class ManyReceipts
{
    /// <returns>What became of each; null for one that has to be taken by itself.</returns>
    public static Acceptance?[] Take(Session session, IReadOnlyList<Arriving> arriving)
    {
        var acceptances = new Acceptance?[arriving.Count];
        var fresh = Fresh(session, arriving);
        if (fresh.Count == 0) return acceptances;

        var now = session.Now;
        Enter(session, fresh, now);
        KeepNotes(session, fresh, now);
        KeepMessages(session, fresh);
        KeepSuggestions(session, fresh);
        foreach (var note in fresh) acceptances[note.Place] = new Acceptance.Accepted(note.Arriving.Taken(note.Number, now, [.. note.Messages.Select(message => message.Row)]));
        return acceptances;
    }

    // An EHR that nobody has met, an id that is here or comes twice: each is told apart by the way of a single note.
    private static List<NewNote> Fresh(Session session, IReadOnlyList<Arriving> arriving)
    {
        List<Candidate> candidates =
        [
            .. arriving.Select((each, place) => (each, place, ehr: Ehrs.Find(session, each.Note.Ehr))).Where(known => known.ehr is not null)
                .DistinctBy(known => (known.ehr, known.each.Note.Id)).Select(known => new Candidate(known.each, known.place, known.ehr!.Value)),
        ];
        if (candidates.Count == 0) return [];

        // Whoever waits longer for one lane lets the notes of the others go first.
        session.Do("SET LOCAL lock_timeout = '1s'");
        session.Lock(
            $"""
            SELECT lane.id FROM unnest($1::BIGINT[], $2::TEXT[]) AS wanted (ehr, patient) JOIN lane ON lane.ehr_id = wanted.ehr AND lane.patient = wanted.patient
            ORDER BY lane.ehr_id, lane.patient{session.Database.Locked("lane")}
            """,
            Lanes(candidates, lane => lane.Ehr), Secret.Patient.Each(Lanes(candidates, lane => lane.Patient)));
        var numbers = Numbers(session, "note", candidates.Count);
        var messages = Numbers(session, "message", candidates.Sum(candidate => candidate.Arriving.Note.Messages.Count));
        var here = session.Rows(
            "SELECT wanted.place FROM unnest($1::BIGINT[], $2::TEXT[]) WITH ORDINALITY AS wanted (ehr, id, place) JOIN note ON note.ehr_id = wanted.ehr AND note.id = wanted.id",
            row => (int)row.GetInt64(0) - 1, Each(candidates, one => one.Ehr), Secret.CallersId.Each(Each(candidates, one => one.Arriving.Note.Id))).ToHashSet();
        return [.. candidates.Where((_, place) => !here.Contains(place)).Select(candidate => new NewNote(candidate, numbers.Dequeue(), messages))];
    }

    // In the order in which they are asked for, so that the note that came first has the smaller one.
    private static Queue<long> Numbers(Session session, string table, int count)
    {
        var numbers = new Queue<long>(count);
        if (count > 0) session.Hear($"SELECT nextval(pg_get_serial_sequence('{table}', 'number')) FROM generate_series(1, $1::BIGINT)", row => numbers.Enqueue(row.GetInt64(0)), count);
        return numbers;
    }

    private static void Enter(Session session, List<NewNote> fresh, long now)
    {
        session.LanesChanged = true;
        session.Do(
            $"""
            INSERT INTO lane (ehr_id, patient, due_at) SELECT ehr, patient, $3 FROM unnest($1::BIGINT[], $2::TEXT[]) AS wanted (ehr, patient) ORDER BY ehr, patient COLLATE "C"
            {Queue.Lanes.DueWithANewNote}
            """,
            Lanes(fresh, lane => lane.Ehr), Secret.Patient.Each(Lanes(fresh, lane => lane.Patient)), now);
    }

    private static void KeepNotes(Session session, List<NewNote> fresh, long now)
    {
        session.Do(
            """
            INSERT INTO note (number, whose, ehr_id, id, kind, lane_id, patient, author, hash, received_at, updated_at, visit_at, visit_offset, issues, state, sent_by, sender, panel)
            SELECT came.number, came.whose, came.ehr, came.id, came.kind, lane.id, came.patient, came.author, came.hash, $11, $11, came.visit_at, came.visit_offset, came.issues, came.state, came.sent_by, came.sender, came.panel
            FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], $8::TEXT[], $9::BIGINT[], $10::BIGINT[], $12::TEXT[],
                $13::TEXT[], $14::TEXT[], $15::TEXT[], $16::TEXT[], $17::TEXT[])
                AS came (number, ehr, id, kind, lane, patient, author, hash, visit_at, visit_offset, issues, state, sent_by, sender, panel, whose)
            JOIN lane ON lane.ehr_id = came.ehr AND lane.patient = came.lane
            """,
            Each(fresh, one => one.Number), Each(fresh, one => one.Ehr), Secret.CallersId.Each(Each(fresh, one => one.Note.Id)), Each(fresh, one => one.Note.Kind), Secret.Patient.Each(Each(fresh, one => one.Note.Lane)),
            Secret.Patient.Each(Each(fresh, one => one.Note.Patient)), Secret.Person.Each(Each(fresh, one => one.Note.Author)), Secret.Hash.Each(fresh, one => one.Note.Hash, Name),
            Each(fresh, one => one.Note.VisitTime.Milliseconds()), Each(fresh, one => (long)one.Note.VisitTime.OffsetMinutes()), now,
            Secret.Issues.Each(fresh, one => one.Arriving.Issues, Name),
            Each(fresh, one => Words.Of(one.Arriving.State)), Secret.Person.Each(Each(fresh, one => one.Note.SentBy)), Secret.Person.Each(Each(fresh, one => one.Note.Sender)), Each(fresh, one => Panels.Text(one.Note.Panel)),
            Secret.Whose.Each(fresh, _ => "", one => Belonging.Note(one.Number, one.Note.Id, one.Note.Patient, one.Note.Author, one.Note.SentBy, one.Note.Sender)));
        session.Do(
            "INSERT INTO note_input (number, body, media_type, headers) SELECT * FROM unnest($1::BIGINT[], $2::BYTEA[], $3::TEXT[], $4::TEXT[])",
            Each(fresh, one => one.Number), Secret.Input.Each(fresh, one => one.Note.Input, Name), Each(fresh, one => one.Note.SentAs.MediaType),
            Secret.Headers.Each(fresh, one => one.Note.SentAs.Headers, Name));
    }

    private static void KeepMessages(Session session, List<NewNote> fresh)
    {
        List<Told> told = [.. fresh.SelectMany(note => note.Messages)];
        if (told.Count == 0) return;
        session.Do(
            """
            INSERT INTO message (number, ehr_id, note_number, key, client_id, hash, patient, sender, sender_role, kind, urgency, held, alert, sent_at, due_at, climb_at, body, whose)
            SELECT * FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], $8::TEXT[], $9::TEXT[], $10::TEXT[], $11::TEXT[], $12::BIGINT[], $13::BIGINT[],
                $14::BIGINT[], $15::BIGINT[], $16::BIGINT[], $17::BYTEA[], $18::TEXT[])
            """,
            Each(told, one => one.Number), Each(told, one => one.Note.Ehr), Each(told, one => one.Note.Number), Secret.Key.Each(Each(told, one => one.Message.Key)), Secret.CallersId.Each(Each(told, one => one.Message.ClientId)),
            Secret.Hash.Each(told, one => one.Message.Hash, one => RowName.Message(one.Number)), Secret.Patient.Each(Each(told, one => one.Note.Note.Patient)), Secret.Person.Each(Each(told, one => one.Message.Sender)), Each(told, one => one.Message.SenderRole),
            Each(told, one => one.Message.Kind), Each(told, one => one.Message.Urgency), Each(told, one => one.Message.Held ? 1L : 0), Each(told, one => one.Message.Alert ? 1L : 0),
            Each(told, one => one.Message.SentAt.Milliseconds()), Each(told, one => one.Message.DueAt.Milliseconds()), Each(told, one => one.Message.ClimbAt?.Milliseconds()),
            Secret.Message.Each(told, one => one.Message.Body, one => RowName.Message(one.Number)),
            Secret.Whose.Each(told, _ => "", one => Belonging.Message(one.Number, one.Note.Number, one.Note.Note.Patient, one.Message.Sender)));

        List<(long Number, string Recipient)> to = [.. told.SelectMany(one => one.Message.To.Distinct().Select(recipient => (one.Number, recipient)))];
        if (to.Count > 0)
            session.Do(
                "INSERT INTO message_recipient (number, recipient, rung, copied, of_team) SELECT number, recipient, 0, 0, of_team FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[]) AS to_whom (number, recipient, of_team)",
                Each(to, one => one.Number), Secret.Person.Each(Each(to, one => one.Recipient)), Each(to, one => Queue.Messages.IsTeam(one.Recipient) ? 1L : 0));

        List<(Told Told, IncomingNotification Notification)> outside = [.. told.SelectMany(one => one.Message.Notifications.Select(notification => (one, notification)))];
        if (outside.Count > 0)
            session.Do(
                """
                INSERT INTO notification (number, ehr_id, rung, channel, target, addressed, next_at)
                SELECT number, ehr, 0, channel, target, addressed, $6 FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[], $5::TEXT[]) AS outside (number, ehr, channel, target, addressed)
                """,
                Each(outside, one => one.Told.Number), Each(outside, one => one.Told.Note.Ehr), Each(outside, one => one.Notification.Channel), Secret.Target.Each(outside, one => one.Notification.Target, one => RowName.Notification(one.Told.Number, 0, one.Notification.Channel)),
                Secret.Addressed.Each(outside, one => Columns.Json(one.Notification.Addressed), one => RowName.Notification(one.Told.Number, 0, one.Notification.Channel)), session.Here);
    }

    private static void KeepSuggestions(Session session, List<NewNote> fresh)
    {
        List<(long Number, long Place, IncomingSuggestion Suggestion)> all = [.. fresh.SelectMany(note => note.Note.Suggestions.Select((suggestion, place) => (note.Number, place + 1L, suggestion)))];
        if (all.Count > 0)
            session.Do(
                "INSERT INTO suggestion (number, n, key, body, state) SELECT number, n, key, body, 'proposed' FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[]) AS found (number, n, key, body)",
                Each(all, one => one.Number), Each(all, one => one.Place), Secret.SuggestionKey.Each(all, one => one.Suggestion.Key, one => RowName.Suggestion(one.Number, one.Place)),
                Secret.Suggestion.Each(all, one => one.Suggestion.Body, one => RowName.Suggestion(one.Number, one.Place)));
    }

    private static RowName Name(NewNote note) => RowName.Note(note.Number);

    private static TColumn[] Lanes<TColumn>(IEnumerable<Candidate> notes, Func<(long Ehr, string Patient), TColumn> column) =>
        [.. notes.Select(note => (note.Ehr, note.Arriving.Note.Lane)).Distinct().Select(column)];

    private static TColumn[] Each<T, TColumn>(List<T> rows, Func<T, TColumn> column) => [.. rows.Select(column)];

    private record Candidate(Arriving Arriving, int Place, long Ehr)
    {
        public IncomingNote Note => Arriving.Note;
    }

    private sealed record NewNote : Candidate
    {
        public NewNote(Candidate candidate, long number, Queue<long> messages) : base(candidate)
        {
            Number = number;
            Messages = [.. Note.Messages.Select(message => new Told(this, message, messages.Dequeue()))];
        }

        public long Number { get; }

        public IReadOnlyList<Told> Messages { get; }
    }

    private sealed record Told(NewNote Note, IncomingMessage Message, long Number)
    {
        public MessageRow Row => Queue.Messages.Row(Message, Number);
    }
}
