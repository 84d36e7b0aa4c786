using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Notes taken in and shown.</summary>
internal static class Notes
{
    private const string Select = """
        SELECT note.number, ehr.base_url, note.id, note.kind, note.patient, note.author,
            COALESCE((SELECT hash FROM note_version WHERE note_version.number = note.number AND note_version.version > note.version ORDER BY version DESC LIMIT 1), note.hash), note.state, note.received_at, note.updated_at,
            note.attempts, note.next_attempt_at, note.revision, note.visit_at, note.visit_offset, note.issues,
            note.version, note.edition, EXISTS (SELECT 1 FROM note_version WHERE note_version.number = note.number AND note_version.version > note.version),
            retraction.reason, retraction.asked_at, retraction.begun, retraction.moved_to,
            note.sent_by, note.sender, note.panel, note.panel_by, note.panel_at, note.panel_reason, note.whose
        FROM note JOIN ehr ON ehr.id = note.ehr_id LEFT JOIN retraction ON retraction.number = note.number
        """;

    public static Acceptance Accept(Session session, IncomingNote note) => Accept(session, new Arriving(note));

    public static Acceptance Accept(Session session, Arriving arriving)
    {
        var note = arriving.Note;
        var ehr = Ehrs.Keep(session, note.Ehr);
        var next = session.Next("note", "number");
        if (session.Row("SELECT number FROM note WHERE ehr_id = $1 AND id = $2", row => row.GetInt64(0), ehr, Secret.CallersId.Of(note.Id)) is var here and not 0)
            return Here(Read(session, here)!, note);

        Lanes.Enter(session, ehr, note.Lane);
        var now = session.Now;
        var number = next();
        var name = RowName.Note(number);
        session.Do(
            """
            INSERT INTO note (number, whose, ehr_id, id, kind, lane_id, patient, author, hash, state, received_at, updated_at, visit_at, visit_offset, issues, sent_by, sender, panel)
            VALUES ($16, $17, $1, $2, $3, (SELECT id FROM lane WHERE ehr_id = $1 AND patient = $4), $5, $6, $7, $12, $8, $8, $9, $10, $11, $13, $14, $15)
            """,
            ehr, Secret.CallersId.Of(note.Id), note.Kind, Secret.Patient.Of(note.Lane), Secret.Patient.Of(note.Patient), Secret.Person.Of(note.Author), Secret.Hash.Of(note.Hash, name), now,
            note.VisitTime.Milliseconds(), note.VisitTime.OffsetMinutes(), Secret.Issues.Of(arriving.Issues, name), Words.Of(arriving.State), Secret.Person.Of(note.SentBy), Secret.Person.Of(note.Sender), Panels.Text(note.Panel),
            number, Belonging.OfNote(number, note.Id, note.Patient, note.Author, note.SentBy, note.Sender));
        session.Do(
            "INSERT INTO note_input (number, body, media_type, headers) VALUES ($1, $2, $3, $4)", number, Secret.Input.Of(note.Input, name), note.SentAs.MediaType, Secret.Headers.Of(note.SentAs.Headers, name));
        SuggestionRows.Keep(session, number, note.Suggestions);
        return new Acceptance.Accepted(arriving.Taken(number, now, Messages.Keep(session, ehr, number, note.Patient, note.Messages)));
    }

    public static StoredNote? Find(Session session, string ehr, string id) =>
        Whole(session, session.Row($"{Select} WHERE ehr.base_url = $1 AND note.id = $2", Read, ehr, Secret.CallersId.Of(id)));

    public static StoredNote? Read(Session session, long number) =>
        Whole(session, session.Row($"{Select} WHERE note.number = $1", Read, number));

    public static IReadOnlyDictionary<long, long> Revisions(Session session, IReadOnlyCollection<long> numbers) => numbers.Count == 0
        ? new Dictionary<long, long>()
        : session.Rows($"SELECT number, revision FROM note WHERE number IN ({string.Join(", ", numbers)})", row => (Number: row.GetInt64(0), Revision: row.GetInt64(1))).ToDictionary(row => row.Number, row => row.Revision);

    /// <summary>Grows with every change of any of the patient's notes, and with every note that comes or goes.</summary>
    public static PatientStand Stand(Session session, string baseUrl, string patient) => session.Row(
        "SELECT COUNT(*), COALESCE(SUM(revision), 0), COALESCE(MAX(number), 0), CAST(COALESCE(SUM(number * revision), 0) AS BIGINT) FROM note WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND patient = $2",
        row => new PatientStand(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), baseUrl, Secret.Patient.Of(patient))!;

    /// <summary>Which notes of the patient have a part under one of these identities; none that was taken back. Whether it stands in the chart, only the note itself says.</summary>
    // CROSS JOIN: SQLite would rather read every part of every note first.
    public static IReadOnlyList<TellingNote> Tellings(Session session, string baseUrl, string patient, IEnumerable<string> identities) => session.Rows(
        $"""
        SELECT note.number, resource.identity FROM note CROSS JOIN resource
        WHERE resource.number = note.number AND note.ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND note.patient = $2 AND note.state <> 'retracted'
            AND resource.identity IN ({session.Database.TextsIn("$3")})
        ORDER BY note.visit_at, note.number
        """,
        row => new TellingNote(row.GetInt64(0), row.GetString(1, Secret.Identity)), baseUrl, Secret.Patient.Of(patient), Secret.Identity.Any(identities));

    /// <summary>The patient's visits before this time, the latest first; what was taken back was never said.</summary>
    public static IReadOnlyList<long> VisitsBefore(Session session, string baseUrl, string patient, DateTimeOffset time, int limit) => session.Rows(
        $"""
        SELECT number FROM note WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND patient = $2 AND visit_at < $3 AND kind = 'visit-note' AND state <> 'retracted'
        ORDER BY visit_at DESC, number DESC LIMIT {limit}
        """,
        row => row.GetInt64(0), baseUrl, Secret.Patient.Of(patient), time.Milliseconds());

    public static NotePage List(Session session, NoteFilter filter)
    {
        if (Ehrs.Find(session, filter.Ehr) is not { } ehr) return new NotePage([], null);
        var limit = Math.Clamp(filter.Limit, 1, 200);
        var (where, values) = Conditions(session, filter, ehr);
        var found = session.Rows($"{Select} WHERE {where} ORDER BY note.received_at DESC, note.number DESC LIMIT {limit + 1}", Read, [.. values]);

        var items = Whole(session, found.Take(limit).ToList());
        return new NotePage(items, found.Count > limit ? NoteCursor.After(items[^1]) : null);
    }

    public static NoteContent Content(Session session, long number) => Content(session, number, RowName.Note(number));

    private static NoteContent Content(Session session, long number, RowName name) => session.Row(
        """
        SELECT note.kind, note_input.body, note_input.media_type, note_input.headers, note_resolved.body, note_mapped.bundle, note_mapped.held, note_mapped.document, note_plan.body
        FROM note_input JOIN note USING (number) LEFT JOIN note_resolved USING (number) LEFT JOIN note_mapped USING (number) LEFT JOIN note_plan USING (number)
        WHERE note_input.number = $1
        """,
        row => new NoteContent(row.GetString(0), row.GetBytes(1, Secret.Input, name), SentAs.Of(row.Text(2), row.Text(3, Secret.Headers, name)), row.Bytes(4, Secret.Resolved, name),
            row.Bytes(5, Secret.Mapped, name), row.Bytes(6, Secret.Held, name), row.Text(7, Secret.Document, name), row.Bytes(8, Secret.Plan, name)), number)
        ?? throw new KeyNotFoundException($"No note has the number {number}.");

    public static QueueCounts Count(Session session, string baseUrl)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr) return new QueueCounts(0, 0, 0, 0, 0, null);
        var counts = session.Rows("SELECT state, SUM(notes) FROM tally WHERE ehr_id = $1 GROUP BY state", row => (State: row.GetString(0), Notes: row.GetInt64(1)), ehr).ToDictionary(tally => tally.State, tally => tally.Notes);
        // "<> 'written'" is what lets SQLite take the index of unfinished notes.
        return new QueueCounts(
            Of(NoteState.Queued), Of(NoteState.Writing), Of(NoteState.Written), Of(NoteState.NeedsAttention), Of(NoteState.Retracted),
            session.Row(
                """
                SELECT MIN(oldest) FROM (
                    SELECT MIN(received_at) AS oldest FROM note WHERE ehr_id = $1 AND state = 'queued' AND state <> 'written'
                    UNION ALL SELECT MIN(received_at) FROM note WHERE ehr_id = $1 AND state = 'writing' AND state <> 'written') AS waiting
                """,
                row => row.TimeOrNull(0), ehr));

        long Of(NoteState state) => counts.GetValueOrDefault(Words.Of(state));
    }

    public static IReadOnlyList<EhrWork> OtherWork(Session session, string baseUrl) => session.Rows(
        """
        SELECT ehr.base_url, SUM(tally.notes) FROM tally JOIN ehr ON ehr.id = tally.ehr_id
        WHERE ehr.base_url <> $1 AND tally.state NOT IN ('written', 'retracted') GROUP BY ehr.base_url HAVING SUM(tally.notes) > 0 ORDER BY ehr.base_url
        """,
        row => new EhrWork(row.GetString(0), row.GetInt64(1)), baseUrl);

    private static Acceptance Here(StoredNote present, IncomingNote note) =>
        present.IsDamaged ? throw new SealBrokenException("note") : present.Hash == note.Hash ? new Acceptance.AlreadyHere(present) : new Acceptance.Different(present);

    private static (string Where, List<object?> Values) Conditions(Session session, NoteFilter filter, long ehr)
    {
        var values = new List<object?> { ehr };
        var where = "note.ehr_id = $1";
        if (filter.Patient is not null) where += $" AND note.patient = {Value(Secret.Patient.Of(filter.Patient))}";
        if (filter.Author is not null) where += $" AND note.author = {Value(Secret.Person.Of(filter.Author))}";
        if (filter.Kinds.Count > 0) where += $" AND note.kind IN ({string.Join(", ", filter.Kinds.Select(kind => Value(kind)))})";
        if (filter.State is { } state) where += $" AND note.state = {Value(Words.Of(state))}";
        // SQLite takes the index of unfinished notes only when its condition is said in so many words.
        if (filter.State is not (null or NoteState.Written)) where += " AND note.state <> 'written'";
        if (filter.Since is { } since) where += $" AND note.received_at >= {Value(since.Milliseconds())}";
        if (filter.Scope is { } scope) where += $" AND ({Within(scope)})";
        if (NoteCursor.TryRead(filter.Cursor, out var receivedAt, out var number)) where += $" AND (note.received_at, note.number) < ({Value(receivedAt)}, {Value(number)})";
        return (where, values);

        string Within(NoteScope scope) => $"""
            ((note.panel IS NULL OR note.panel = 'released') AND note.patient IN ({Any(Secret.Patient, scope.Patients)}))
            OR note.author IN ({Any(Secret.Person, scope.Authors)}) OR note.sender IN ({Any(Secret.Person, scope.Authors)}) OR note.sent_by IN ({Any(Secret.Person, scope.Senders)})
            """;

        string Any(FoundSecret secret, IEnumerable<string> texts) => session.Database.TextsIn(Value(secret.Any(texts)));

        string Value(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    /// <summary>What is said of a note that was changed in the database from outside.</summary>
    public static readonly NoteIssue Damaged = new("error", "store-damaged", null, "what is stored of the note was changed or damaged outside of the service; nothing more of it is sent until the store is restored");

    // Nobody's, so that nobody is shown it as theirs.
    public const string Unreadable = "unreadable";

    private static List<StoredNote> Whole(Session session, List<StoredNote> notes)
    {
        try
        {
            var resources = Resources.Of(session, notes.Select(note => note.Number));
            var messages = Messages.Of(session, notes.Select(note => note.Number));
            return notes.ConvertAll(note => note with { Resources = [.. resources[note.Number]], Messages = [.. messages[note.Number]] });
        }
        catch (SealBrokenException)
        {
            // One by one: the others are whole.
            return notes.ConvertAll(note => Whole(session, note)!);
        }
    }

    private static StoredNote? Whole(Session session, StoredNote? note)
    {
        if (note is null or { IsDamaged: true })
            return note;
        try
        {
            return note with { Resources = Resources.Of(session, note.Number), Messages = Messages.Of(session, note.Number) };
        }
        catch (SealBrokenException)
        {
            return note with { IsDamaged = true };
        }
    }

    // One that was damaged holds up no list of others.
    private static StoredNote Read(StoreRow row)
    {
        try
        {
            return Opened(row);
        }
        catch (SealBrokenException)
        {
            row.Damaged(RowName.Note(row.GetInt64(0)));
            return new StoredNote(
                row.GetInt64(0), row.GetString(1), Unreadable, row.GetString(3), Unreadable, null, "", State(row), row.Time(8), row.Time(9), row.GetInt32(10), row.TimeOrNull(11), row.GetInt64(12),
                row.Time(13, 14), [], [Damaged]) { IsDamaged = true, Version = row.GetInt32(16), Edition = row.GetInt32(17) };
        }
    }

    private static NoteState State(StoreRow row) => Words.TryParse<NoteState>(row.GetString(7), out var state) ? state : throw new InvalidDataException("A note has a state that is none.");

    private static StoredNote Opened(StoreRow row)
    {
        var number = row.GetInt64(0);
        var note = Opened(row, number, RowName.Note(number));
        row.MustHold(29, Secret.Whose, Belonging.Note(number, note.Id, note.Patient, note.Author, note.SentBy, note.Sender));
        return note;
    }

    private static StoredNote Opened(StoreRow row, long number, RowName name) => new(
        number, row.GetString(1), row.GetString(2, Secret.CallersId), row.GetString(3), row.GetString(4, Secret.Patient), row.Text(5, Secret.Person), row.GetString(6, Secret.Hash, name),
        State(row), row.Time(8), row.Time(9), row.GetInt32(10), row.TimeOrNull(11), row.GetInt64(12), row.Time(13, 14), [], StagedIssues.Read(row.Text(15, Secret.Issues, name)))
    {
        Version = row.GetInt32(16),
        Edition = row.GetInt32(17),
        IsAmended = row.GetBoolean(18),
        Retraction = row.IsDBNull(19) ? null : new RetractionRow(row.GetString(19, Secret.Reason, RowName.Retraction(number)), row.Time(20), row.GetInt32(21) == 1, row.Text(22, Secret.CallersId)),
        SentBy = row.Text(23, Secret.Person),
        Sender = row.Text(24, Secret.Person),
        Panel = Panels.Read(row.Text(25)),
        PanelDecision = row.IsDBNull(27) ? null : new PanelDecision(row.Text(26, Secret.Person), row.TimeOrNull(27), row.Text(28, Secret.Reason, name)),
    };
}
