using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Notes that are taken back. Nothing gone out: it ends here. Else the worker takes back what is written, piece by piece, through the ledger.</summary>
internal static class Retractions
{
    public static Retraction Receive(Session session, IncomingRetraction retraction)
    {
        if (Amendments.Locked(session, retraction.Ehr, retraction.Id) is not { } note)
            return new Retraction.NoSuchNote();
        if (retraction.Anew is { } anew && note.Retraction?.MovedTo is null)
        {
            if (Notes.Accept(session, anew) is Acceptance.Different)
                return new Retraction.IdTaken();
        }

        session.Do(
            "INSERT INTO retraction (number, reason, asked_at, moved_to) VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO UPDATE SET moved_to = COALESCE(retraction.moved_to, excluded.moved_to)",
            note.Number, Secret.Reason.Of(retraction.Reason, RowName.Retraction(note.Number)), session.Now, Secret.CallersId.Of(retraction.Anew?.Id));
        if (note.Retraction is null)
            Messages.WithdrawOf(session, note.Number, "retracted");
        if (note.Retraction is null && Amendments.WentOut(session, note.Number))
            Amendments.Requeue(session, note.Number);
        else if (note.Retraction is null)
            End(session, note.Number);
        else
            Progress.Touch(session, note.Number);
        return new Retraction.Accepted(Notes.Read(session, note.Number)!);
    }

    /// <summary>From here on only what takes the note back is written: an edition of its own.</summary>
    public static void Begin(Session session, Claim claim, long number)
    {
        Progress.Guard(session, claim, number);
        Ledger.LeaveUnknown(session, number);
        if (session.Execute("UPDATE retraction SET begun = 1 WHERE number = $1 AND begun = 0", number) == 1)
            session.Do("UPDATE note SET edition = edition + 1 WHERE number = $1", number);
    }

    /// <summary>What the records office has to take out; what was asked before is asked once.</summary>
    public static void AskRemoval(Session session, Claim claim, long number, IReadOnlyList<RemovalRow> rows)
    {
        Progress.Guard(session, claim, number);
        foreach (var row in rows) session.Do(
            """
            INSERT INTO removal (number, key, type, reference, why, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (number, key) DO UPDATE SET reference = COALESCE(excluded.reference, removal.reference), why = excluded.why
            """,
            number, Secret.Key.Of(row.Key, number), row.Type, Secret.Reference.Of(row.Reference, RowName.Removal(number, row.Key)), Secret.Reason.Of(row.Why, RowName.Removal(number, row.Key)), session.Now);
        Progress.Touch(session, number);
    }

    /// <summary>Nobody has to take it out any more.</summary>
    public static void WithdrawRemovals(Session session, Claim claim, long number, IReadOnlyList<string> keys)
    {
        Progress.Guard(session, claim, number);
        foreach (var key in keys)
            session.Do("DELETE FROM removal WHERE number = $1 AND key = $2 AND done_at IS NULL", number, Secret.Key.Of(key, number));
        Progress.Touch(session, number);
    }

    /// <summary>False when the note has no such removal. Ticking off twice changes nothing.</summary>
    public static bool TickOff(Session session, string ehr, string id, string key, string? by)
    {
        if (Notes.Find(session, ehr, id) is not { } note || session.Row("SELECT 1 FROM removal WHERE number = $1 AND key = $2", _ => true, note.Number, Secret.Key.Of(key, note.Number)) is false)
            return false;
        if (session.Execute("UPDATE removal SET done_at = $3, done_by = $4 WHERE number = $1 AND key = $2 AND done_at IS NULL", note.Number, Secret.Key.Of(key, note.Number), session.Now, Secret.Person.Of(by)) == 1)
            Progress.Touch(session, note.Number);
        return true;
    }

    public static IReadOnlyList<RemovalRow> Removals(Session session, long number) =>
        [.. session.Rows($"{Select} WHERE note.number = removal.number AND removal.number = $1", Read, number).OrderBy(row => row.Key, StringComparer.Ordinal)];

    /// <summary>Still to be taken out, oldest first, and how much that is in all.</summary>
    public static (long Open, IReadOnlyList<RemovalRow> Oldest) Open(Session session, string ehr, int limit) => (
        session.Row($"SELECT COUNT(*) {From} WHERE note.number = removal.number AND removal.done_at IS NULL AND ehr.base_url = $1", row => row.GetInt64(0), ehr),
        session.Rows($"{Select} WHERE note.number = removal.number AND removal.done_at IS NULL AND ehr.base_url = $1 ORDER BY removal.asked_at, removal.number LIMIT {limit}", ReadIfItOpens, ehr).OfType<RemovalRow>().ToList());

    /// <summary>The other notes that have spoken of a long-lived resource and stand, oldest visit first.</summary>
    public static IReadOnlyList<Contribution> Contributions(Session session, string ehr, string patient, string identity, long except)
    {
        var spoken = session.Rows(
            """
            SELECT note.number, note.visit_at, note.visit_offset, note_mapped.bundle FROM note LEFT JOIN note_mapped ON note_mapped.number = note.number
            WHERE note.ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND note.patient = $2 AND note.number <> $4 AND note.state <> 'retracted'
                AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.number = note.number)
                AND EXISTS (SELECT 1 FROM resource WHERE resource.number = note.number AND resource.identity = $3 AND resource.state NOT IN ('pending', 'kept'))
            ORDER BY note.visit_at, note.number
            """,
            row => new Contribution(row.GetInt64(0), row.Time(1, 2), row.Bytes(3, Secret.Mapped, RowName.Note(row.GetInt64(0))), []), ehr, Secret.Patient.Of(patient), Secret.Identity.Of(identity), except);
        return [.. spoken.Select(one => one with { Resources = Resources.Of(session, one.Number) })];
    }

    // Nothing of it is anywhere but here.
    private static void End(Session session, long number)
    {
        session.Do("UPDATE retraction SET begun = 1 WHERE number = $1", number);
        session.Do("UPDATE note SET state = $2, aside = 0, next_attempt_at = NULL WHERE number = $1", number, Words.Of(NoteState.Retracted));
        Progress.Touch(session, number);
        Lanes.Refresh(session, session.Row("SELECT lane_id FROM note WHERE number = $1", row => row.GetInt64(0), number));
    }

    // What is to be taken out is little, the notes are many: CROSS JOIN keeps SQLite from walking these first.
    private const string From = "FROM removal CROSS JOIN note JOIN ehr ON ehr.id = note.ehr_id";

    private const string Select = $"SELECT removal.key, removal.type, removal.reference, removal.why, removal.asked_at, removal.done_at, removal.done_by, note.id, note.patient, note.number {From}";

    // Among those of all notes; of its own note it is a matter of that.
    private static RemovalRow? ReadIfItOpens(StoreRow row)
    {
        try
        {
            return Read(row);
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    private static RemovalRow Read(StoreRow row)
    {
        var key = row.GetString(0, Secret.Key);
        var name = RowName.Removal(row.GetInt64(9), key);
        return new RemovalRow(key, row.GetString(1), row.Text(2, Secret.Reference, name), row.GetString(3, Secret.Reason, name))
        {
            AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            DoneAt = row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            DoneBy = row.Text(6, Secret.Person),
            NoteId = row.GetString(7, Secret.CallersId),
            Patient = row.GetString(8, Secret.Patient),
        };
    }
}
