using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>
/// Contents that follow the first. One that comes in waits until the worker, who holds the patient's lane, makes it the note's; from the commit on that
/// took it, no write of the one before is begun any more. A note of which nothing has gone out is amended in place.
/// </summary>
internal static class Amendments
{
    private const string AnyWaits = """
        SELECT 1 FROM note WHERE number = $1 AND (
            EXISTS (SELECT 1 FROM retraction WHERE retraction.number = $1 AND begun = 0)
            OR (NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.number = $1)
                AND EXISTS (SELECT 1 FROM note_version WHERE note_version.number = $1 AND note_version.version > note.version)))
        """;

    public static Amendment Receive(Session session, IncomingAmendment amendment)
    {
        if (Locked(session, amendment.Ehr, amendment.Id) is not { } note)
            return new Amendment.NoSuchNote();
        if (note.Retraction is not null || note.State == NoteState.Retracted)
            return new Amendment.Retracted();
        if (note.Hash == amendment.Hash)
            return new Amendment.AlreadyHere(note);
        if (note.Revision != amendment.Revision)
            return new Amendment.Stale();

        var name = RowName.Note(note.Number);
        session.Do(
            """
            INSERT INTO note_version (number, version, hash, author, visit_at, visit_offset, received_at, issues, body, media_type, headers)
            VALUES ($1, (SELECT MAX(version) + 1 FROM (SELECT version FROM note_version WHERE number = $1 UNION ALL SELECT version FROM note WHERE number = $1) AS versions), $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            note.Number, Secret.Hash.Of(amendment.Hash, name), Secret.Person.Of(amendment.Author), amendment.VisitTime.Milliseconds(), amendment.VisitTime.OffsetMinutes(), session.Now,
            Secret.Issues.Of(StagedIssues.Add(null, StagedIssues.Received, amendment.Issues), name), Secret.Input.Of(amendment.Input, name),
            amendment.SentAs.MediaType, Secret.Headers.Of(amendment.SentAs.Headers, name));
        Messages.Amend(session, note.Number, amendment.Messages);
        SuggestionRows.Amend(session, note.Number, amendment.Suggestions);
        if (amendment.Takes is { } taken)
            SuggestionRows.Decide(session, note.Number, taken.Number, SuggestionState.Accepted, taken.By);
        Requeue(session, note.Number);
        return new Amendment.Accepted(Notes.Read(session, note.Number)!);
    }

    /// <summary>The newest content once more, as one that waits to become the note's: its words stay, what becomes of them does not.</summary>
    /// <returns>Its version.</returns>
    public static int SameAgain(Session session, long number)
    {
        var name = RowName.Note(number);
        var issues = StagedIssues.Only(session.Row(
            "SELECT issues FROM note_version WHERE number = $1 AND version > (SELECT version FROM note WHERE note.number = $1) ORDER BY version DESC LIMIT 1", row => row.Text(0, Secret.Issues, name) ?? "", number)
            ?? session.Row("SELECT issues FROM note WHERE number = $1", row => row.Text(0, Secret.Issues, name), number), StagedIssues.Received);
        session.Do(
            """
            INSERT INTO note_version (number, version, hash, author, visit_at, visit_offset, received_at, issues, body, media_type, headers)
            SELECT number, version + 1, hash, author, visit_at, visit_offset, $2, $3, body, media_type, headers FROM (
                SELECT number, version, hash, author, visit_at, visit_offset, body, media_type, headers FROM note_version WHERE number = $1
                UNION ALL
                SELECT note.number, version, hash, author, visit_at, visit_offset, body, media_type, headers FROM note JOIN note_input ON note_input.number = note.number WHERE note.number = $1
            ) AS contents ORDER BY version DESC LIMIT 1
            """,
            number, session.Now, Secret.Issues.Of(issues, name));
        return session.Row("SELECT MAX(version) FROM note_version WHERE number = $1", row => row.GetInt32(0), number);
    }

    /// <summary>Something was asked for that goes before everything else of the note: an amendment that is not its content yet, or a retraction that has not begun.</summary>
    public static bool Waits(Session session, long number) => session.Row(AnyWaits, _ => true, number);

    public static void Guard(Session session, Claim claim, long number) => session.Forbid(AnyWaits, () => new LeaseLostException(claim.Lane), number);

    /// <summary>Makes the newest content the note's. What the one before has, or may have, in the EHR stays on record under it.</summary>
    public static bool Promote(Session session, Claim claim, long number)
    {
        Progress.Guard(session, claim, number);
        if (!Waits(session, number)) return false;

        Ledger.LeaveUnknown(session, number);
        var note = Notes.Read(session, number)!;
        var wentOut = WentOut(session, number);
        session.Do(
            """
            INSERT INTO note_version (number, version, edition, hash, author, visit_at, visit_offset, received_at, issues, body, media_type, headers, resolved, bundle, held, document, plan, resources)
            SELECT note.number, note.version, $2, note.hash, note.author, note.visit_at, note.visit_offset, note.received_at, note.issues, note_input.body, note_input.media_type, note_input.headers,
                note_resolved.body, note_mapped.bundle, note_mapped.held, note_mapped.document, note_plan.body, $3
            FROM note JOIN note_input ON note_input.number = note.number LEFT JOIN note_resolved ON note_resolved.number = note.number
                LEFT JOIN note_mapped ON note_mapped.number = note.number LEFT JOIN note_plan ON note_plan.number = note.number
            WHERE note.number = $1
            """,
            number, wentOut ? note.Edition : null, Secret.Rows.Of(JsonSerializer.Serialize(note.Resources), RowName.Note(number)));
        foreach (var table in new[] { "note_input", "note_resolved", "note_mapped", "note_plan" })
            session.Do($"DELETE FROM {table} WHERE number = $1", number);
        session.Do(
            "INSERT INTO note_input (number, body, media_type, headers) SELECT number, body, media_type, headers FROM note_version WHERE number = $1 ORDER BY version DESC LIMIT 1", number);
        session.Do(
            """
            UPDATE note SET (version, hash, author, visit_at, visit_offset, issues) =
                (SELECT version, hash, author, visit_at, visit_offset, issues FROM note_version WHERE note_version.number = $1 ORDER BY version DESC LIMIT 1),
                edition = edition + $2 WHERE number = $1
            """,
            number, wentOut ? 1 : 0);
        session.Do("DELETE FROM note_version WHERE number = $1 AND version = (SELECT version FROM note WHERE number = $1)", number);
        Belonging.Renew(session, number);
        session.Do(wentOut ? "DELETE FROM resource WHERE number = $1 AND state NOT IN ('written', 'held', 'unknown')" : "DELETE FROM resource WHERE number = $1", number);
        // What was refused of the words before, and what a person decided of it, is not about these.
        session.Do("DELETE FROM refusal WHERE number = $1", number);
        session.Do("UPDATE decision SET void = 1 WHERE number = $1 AND word IN ('written', 'send-again', 'close-unwritten')", number);
        if (wentOut)
            foreach (var row in note.Resources.Where(row => row.Key is "note" or "provenance"))
                Rename(session, number, row with { Edition = note.Edition }, $"{row.Key}.{note.Edition}");
        Progress.Touch(session, number);
        return true;
    }

    /// <summary>Every earlier content, oldest first, also one that was replaced before it was taken up.</summary>
    public static IReadOnlyList<EarlierVersion> Earlier(Session session, long number) => session.Rows(
        """
        SELECT note_version.version, note_version.edition, note.kind, body, media_type, headers, resolved, bundle, document, resources, note_version.received_at FROM note_version JOIN note ON note.number = note_version.number
        WHERE note_version.number = $1 AND note_version.version < note.version ORDER BY note_version.version
        """,
        row => new EarlierVersion(row.GetInt32(0), row.Number(1), row.GetString(2), row.GetBytes(3, Secret.Input, RowName.Note(number)), SentAs.Of(row.Text(4), row.Text(5, Secret.Headers, RowName.Note(number))),
            row.Bytes(6, Secret.Resolved, RowName.Note(number)), row.Bytes(7, Secret.Mapped, RowName.Note(number)), row.Text(8, Secret.Document, RowName.Note(number)),
            row.Text(9, Secret.Rows, RowName.Note(number)) is { } rows ? JsonSerializer.Deserialize<List<ResourceRow>>(rows)! : [], row.Time(10)),
        number);

    /// <summary>Something of the note stands in the EHR, or may.</summary>
    public static bool WentOut(Session session, long number) =>
        session.Row("SELECT 1 FROM resource WHERE number = $1 AND state IN ('written', 'held', 'unknown') LIMIT 1", _ => true, number)
        || session.Row("SELECT 1 FROM intent WHERE number = $1 AND open = 1 LIMIT 1", _ => true, number);

    /// <summary>The note with its lane locked, so that nobody begins a write meanwhile.</summary>
    public static StoredNote? Locked(Session session, string ehr, string id)
    {
        var lane = session.Row("SELECT note.lane_id FROM note JOIN ehr ON ehr.id = note.ehr_id WHERE ehr.base_url = $1 AND note.id = $2", row => row.GetInt64(0), ehr, Secret.CallersId.Of(id));
        if (lane == 0) return null;
        Lanes.Lock(session, lane);
        return Notes.Find(session, ehr, id);
    }

    /// <summary>Back into its lane, with a fresh set of attempts.</summary>
    public static void Requeue(Session session, long number)
    {
        session.Do(
            "UPDATE note SET state = CASE WHEN state = 'writing' THEN state ELSE 'queued' END, aside = $2, next_attempt_at = NULL, attempts = 0 WHERE number = $1",
            number, Ledger.IsOpen(session, number) ? 1 : 0);
        Progress.Touch(session, number);
        Lanes.Refresh(session, session.Row("SELECT lane_id FROM note WHERE number = $1", row => row.GetInt64(0), number));
    }

    /// <summary>What an edition wrote goes by another key from here on. What is sealed for its row is sealed anew.</summary>
    public static void Rename(Session session, long number, ResourceRow row, string name)
    {
        session.Do(
            "UPDATE resource SET key = $3, reference = $4 WHERE number = $1 AND key = $2", number, Secret.Key.Of(row.Key, number), Secret.Key.Of(name, number), Secret.Reference.Of(row.Reference, RowName.Resource(number, name)));
        session.Do("UPDATE intent SET keys = REPLACE(keys, $2, $3) WHERE number = $1 AND edition = $4", number, Secret.Key.Of(row.Key, number), Secret.Key.Of(name, number), row.Edition);
    }
}
