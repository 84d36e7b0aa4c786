using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Held parts that people confirmed or released. A release is an amendment that leaves the note's own words as they are.</summary>
internal static class HeldDecisions
{
    /// <param name="revision">Of the note as it was when the part was read: nobody may have been faster.</param>
    public static Amendment Keep(Session session, string ehr, string id, long revision, HeldDecision decision, ToldAnew told)
    {
        if (Amendments.Locked(session, ehr, id) is not { } note)
            return new Amendment.NoSuchNote();
        if (note.Retraction is not null || note.State == NoteState.Retracted)
            return new Amendment.Retracted();
        if (note.Revision != revision)
            return new Amendment.Stale();

        var version = decision.IsReleased ? Amendments.SameAgain(session, note.Number) : note.Version;
        var at = session.Now;
        var name = RowName.HeldDecision(note.Number, decision.Key, at);
        session.Do(
            "INSERT INTO held_decision (number, key, mark, released, version, reason, decided_by, role, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            note.Number, Secret.Key.Of(decision.Key, note.Number), Secret.Mark.Of(decision.Mark, name), decision.IsReleased ? 1 : 0, version, Secret.Reason.Of(decision.Reason, name), Secret.Person.Of(decision.By), decision.Role, at);
        if (!decision.IsReleased)
            Progress.Touch(session, note.Number);
        else
        {
            Messages.Replace(session, note.Number, told);
            Amendments.Requeue(session, note.Number);
        }
        return new Amendment.Accepted(Notes.Read(session, note.Number)!);
    }

    /// <summary>Oldest first; of one part the last counts.</summary>
    public static IReadOnlyList<HeldDecision> Of(Session session, long number) => session.Rows(
        "SELECT key, mark, released, version, reason, decided_by, role, decided_at FROM held_decision WHERE number = $1 ORDER BY id",
        row => Read(row, number), number);

    private static HeldDecision Read(StoreRow row, long number)
    {
        var key = row.GetString(0, Secret.Key);
        var name = RowName.HeldDecision(number, key, row.GetInt64(7));
        return new HeldDecision(key, row.GetString(1, Secret.Mark, name), row.GetInt64(2) == 1, row.GetString(4, Secret.Reason, name), row.GetString(5, Secret.Person), row.GetString(6))
        {
            Version = row.GetInt32(3), At = row.Time(7),
        };
    }
}
