using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

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

        // Once: the clock goes on between two looks, and the seals are bound to the time that stands in the row.
        var at = session.Now;
        var name = RowName.Decision(number, decision.Key, at);
        session.Do(
            "INSERT INTO decision (number, key, word, reference, reason, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            number, Secret.Key.Of(decision.Key, number), Words.Of(decision.Word), Secret.Reference.Of(decision.Reference, name), Secret.Reason.Of(decision.Reason, name), Secret.Person.Of(decision.By), at);
        if (decision.Word is DecisionWord.SendAgain)
            session.Do("DELETE FROM refusal WHERE number = $1 AND key IN ($2, $3)", number, Secret.Key.Of(decision.Key, number), Secret.Key.Of(AsOne, number));
        if (decision.Word is DecisionWord.SendAgain or DecisionWord.CloseUnwritten)
            session.Do("UPDATE resource SET state = 'pending', how = NULL WHERE number = $1 AND key = $2 AND state IN ('unknown', 'refused', 'folded', 'kept')", number, Secret.Key.Of(decision.Key, number));
        if (!Progress.Requeue(session, number, lane))
            Progress.Touch(session, number);
        return Decided.Kept;
    }

    public static IReadOnlyList<Decision> Of(Session session, long number) => session.Rows(
        "SELECT id, key, word, reference, reason, decided_by, decided_at, void FROM decision WHERE number = $1 ORDER BY id",
        row => Read(row, number), number);

    public static void Void(Session session, Claim claim, long number, long decision)
    {
        Progress.Guard(session, claim, number);
        session.Do("UPDATE decision SET void = 1 WHERE id = $1 AND number = $2", decision, number);
        Progress.Touch(session, number);
    }

    /// <summary>A resource stands where a person said, in the words of the edition that sent it.</summary>
    public static void Settle(Session session, Claim claim, long number, ResourceRow row)
    {
        Progress.Guard(session, claim, number);
        Resources.Record(session, number, [row]);
        session.Do("UPDATE resource SET edition = $3 WHERE number = $1 AND key = $2", number, Secret.Key.Of(row.Key, number), row.Edition);
        Progress.Touch(session, number);
    }

    public static void Refuse(Session session, Claim claim, long number, string key, string reason)
    {
        Progress.Guard(session, claim, number);
        session.Do("INSERT INTO refusal (number, key, reason) VALUES ($1, $2, $3) ON CONFLICT (number, key) DO UPDATE SET reason = excluded.reason", number, Secret.Key.Of(key, number), Secret.Reason.Of(reason, RowName.Refusal(number, key)));
    }

    public static IReadOnlyDictionary<string, string> Refusals(Session session, long number) =>
        session.Rows("SELECT key, reason FROM refusal WHERE number = $1", row => Refusal(row, number), number).ToDictionary(row => row.Key, row => row.Reason);

    /// <summary>A person wants everything tried again.</summary>
    public static void Forget(Session session, long number) => session.Do("DELETE FROM refusal WHERE number = $1", number);

    private static Decision Read(StoreRow row, long number)
    {
        var key = row.GetString(1, Secret.Key);
        var name = RowName.Decision(number, key, row.GetInt64(6));
        return new Decision(key, Word(row.GetString(2)), row.Text(3, Secret.Reference, name), row.Text(4, Secret.Reason, name), row.GetString(5, Secret.Person))
        {
            Id = row.GetInt64(0), At = row.Time(6), Void = row.GetInt64(7) == 1,
        };
    }

    private static (string Key, string Reason) Refusal(StoreRow row, long number)
    {
        var key = row.GetString(0, Secret.Key);
        return (key, row.GetString(1, Secret.Reason, RowName.Refusal(number, key)));
    }

    private static DecisionWord Word(string text) =>
        Words.TryParse<DecisionWord>(text, out var word) ? word : throw new InvalidDataException("A decision has a word that is none.");
}
