using ChwFhir.Intake;

namespace ChwFhir.Queue;

/// <summary>People's decisions, and what the EHR refused: both outlive the try that met them.</summary>
internal static class Decisions
{
    /// <summary>In place of a key: the note as one transaction.</summary>
    public const string AsOne = "*";

    public static Decided Keep(Session session, long number, long revision, Decision decision)
    {
        var lane = session.Row("SELECT lane_id FROM note WHERE number = $1", row => row.GetInt64(0), number);
        Lanes.Lock(session, lane);
        // Whoever holds the lane has begun without this decision, and may be at any step.
        var claimed = session.Row("SELECT 1 FROM lane WHERE id = $1 AND worker IS NOT NULL AND due_at > $2", _ => true, lane, session.Now);
        var (state, present) = session.Row("SELECT state, revision FROM note WHERE number = $1", row => (row.GetString(0), row.GetInt64(1)), number);
        if (state == Words.Of(NoteState.Writing) || (claimed && state == Words.Of(NoteState.Queued)))
            return Decided.BeingWritten;
        if (present != revision)
            return Decided.Changed;

        session.Do(
            "INSERT INTO decision (number, key, word, reference, reason, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            number, decision.Key, Words.Of(decision.Word), decision.Reference, decision.Reason, decision.By, session.Now);
        if (decision.Word is DecisionWord.SendAgain)
            session.Do("DELETE FROM refusal WHERE number = $1 AND key IN ($2, $3)", number, decision.Key, AsOne);
        if (decision.Word is DecisionWord.SendAgain or DecisionWord.CloseUnwritten)
            session.Do("UPDATE resource SET state = 'pending', how = NULL WHERE number = $1 AND key = $2 AND state IN ('unknown', 'refused', 'folded', 'kept')", number, decision.Key);
        if (!Progress.Requeue(session, number, lane))
            Progress.Touch(session, number);
        return Decided.Kept;
    }

    public static IReadOnlyList<Decision> Of(Session session, long number) => session.Rows(
        "SELECT id, key, word, reference, reason, decided_by, decided_at, void FROM decision WHERE number = $1 ORDER BY id",
        row => new Decision(row.GetString(1), Word(row.GetString(2)), row.Text(3), row.Text(4), row.GetString(5)) { Id = row.GetInt64(0), At = row.Time(6), Void = row.GetInt64(7) == 1 }, number);

    public static void Void(Session session, Claim claim, long number, long decision)
    {
        Progress.Guard(session, claim, number);
        session.Do("UPDATE decision SET void = 1 WHERE id = $1 AND number = $2", decision, number);
        Progress.Touch(session, number);
    }

    /// <summary>A resource stands where a person said.</summary>
    public static void Settle(Session session, Claim claim, long number, ResourceRow row)
    {
        Progress.Guard(session, claim, number);
        Resources.Record(session, number, [row]);
        Progress.Touch(session, number);
    }

    public static void Refuse(Session session, Claim claim, long number, string key, string reason)
    {
        Progress.Guard(session, claim, number);
        session.Do("INSERT INTO refusal (number, key, reason) VALUES ($1, $2, $3) ON CONFLICT (number, key) DO UPDATE SET reason = excluded.reason", number, key, reason);
    }

    public static IReadOnlyDictionary<string, string> Refusals(Session session, long number) =>
        session.Rows("SELECT key, reason FROM refusal WHERE number = $1", row => (Key: row.GetString(0), Reason: row.GetString(1)), number).ToDictionary(row => row.Key, row => row.Reason);

    /// <summary>A person wants everything tried again.</summary>
    public static void Forget(Session session, long number) => session.Do("DELETE FROM refusal WHERE number = $1", number);

    private static DecisionWord Word(string text) =>
        Words.TryParse<DecisionWord>(text, out var word) ? word : throw new InvalidDataException("A decision has a word that is none.");
}
