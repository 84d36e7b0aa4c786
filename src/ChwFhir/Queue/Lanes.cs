using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Patients' lanes: claimed, renewed, given back. Of the notes in one lane a later one never passes an earlier one that is not aside.</summary>
internal static class Lanes
{
    private const int LargestClaim = 32;

    private const string Head = "FROM note WHERE lane_id = $1 AND aside = 0 AND state IN ('queued', 'writing') ORDER BY number LIMIT 1";

    // The head of the line holds the later ones back, also those aside; what stands aside before it comes when its own time comes.
    private const string DueAt = $"""
        (SELECT MIN(due) FROM (
            SELECT due FROM (SELECT COALESCE(next_attempt_at, received_at) AS due {Head}) AS head
            UNION ALL
            SELECT MIN(COALESCE(next_attempt_at, received_at)) FROM note WHERE lane_id = $1 AND aside = 1 AND state IN ('queued', 'writing')
                AND number < COALESCE((SELECT number {Head}), 9223372036854775807)) AS dues)
        """;

    /// <summary>What an INSERT does with a lane that is there.</summary>
    public const string DueWithANewNote = """
        ON CONFLICT (ehr_id, patient) DO UPDATE SET due_at = CASE
            WHEN lane.worker IS NOT NULL THEN lane.due_at
            WHEN EXISTS (SELECT 1 FROM note WHERE lane_id = lane.id AND aside = 0 AND state IN ('queued', 'writing')) THEN lane.due_at
            WHEN lane.due_at < excluded.due_at THEN lane.due_at
            ELSE excluded.due_at END
        """;

    /// <summary>Messages that come by themselves have a lane beside the patient's notes: they never wait for a note.</summary>
    public static string OfMessages(string patient) => $"{patient}#messages";

    /// <summary>The patient's lane with a new note in it: due now, unless it is leased or its head waits for its time.</summary>
    public static void Enter(Session session, long ehr, string patient)
    {
        session.LanesChanged = true;
        if (session.Database.Shared) session.Lock($"SELECT id FROM lane WHERE ehr_id = $1 AND patient = $2{session.Database.Locked("lane")}", ehr, Secret.Patient.Of(patient));
        session.Do(
            $"""
            INSERT INTO lane (ehr_id, patient, due_at) VALUES ($1, $2, $3)
            {DueWithANewNote}
            """,
            ehr, Secret.Patient.Of(patient), session.Now);
    }

    public static long Of(Session session, long ehr, string patient) =>
        session.Row("SELECT id FROM lane WHERE ehr_id = $1 AND patient = $2", row => row.GetInt64(0), ehr, Secret.Patient.Of(patient));

    /// <summary>
    /// Makes the lane's row ours until the commit. Where others write too, whatever decides about a lane or a note in it locks the lane first and
    /// looks afterwards: what is seen then is what the others have left.
    /// </summary>
    public static void Lock(Session session, long lane)
    {
        if (session.Database.Shared) session.Lock($"SELECT id FROM lane WHERE id = $1{session.Database.Locked("lane")}", lane);
    }

    /// <summary>After a change from outside: a lane that nobody holds is due by its notes. One that is held is seen to when it is given back.</summary>
    public static void Refresh(Session session, long lane)
    {
        session.LanesChanged = true;
        Lock(session, lane);
        session.Do($"UPDATE lane SET due_at = {DueAt} WHERE id = $1 AND worker IS NULL", lane);
    }

    public static Claim? Claim(Session session, string baseUrl, string worker, TimeSpan lease)
    {
        if (Ehrs.Find(session, baseUrl) is not { } ehr) return null;
        var now = session.Now;
        while (session.Row(
            $"SELECT id, token, patient FROM lane WHERE ehr_id = $1 AND due_at <= $2 ORDER BY due_at LIMIT 1{session.Database.SkipLocked}",
            row => (Lane: row.GetInt64(0), Token: row.GetInt64(1), Patient: row.TextIfItOpens(2, Secret.Patient) ?? ""), ehr, now) is var (lane, token, patient) && lane != 0)
        {
            var numbers = DueNotes(session, lane, now);
            if (numbers.Count == 0)
            {
                GiveBack(session, lane);
                continue;
            }
            session.Do("UPDATE lane SET worker = $2, token = $4, due_at = $3 WHERE id = $1", lane, worker, now + (long)lease.TotalMilliseconds, token + 1);
            return new Claim(baseUrl, lane, token + 1, EndsHere(session, lease), numbers) { Patient = patient };
        }
        return null;
    }

    public static IReadOnlyList<Claim> Claim(Session session, string baseUrl, string worker, TimeSpan lease, int most)
    {
        List<Claim> claims = [];
        while (claims.Count < most && Claim(session, baseUrl, worker, lease) is { } claim) claims.Add(claim);
        return claims;
    }

    public static Claim? Renew(Session session, Claim claim, TimeSpan lease)
    {
        var until = session.Now + (long)lease.TotalMilliseconds;
        return session.Execute("UPDATE lane SET due_at = $3 WHERE id = $1 AND token = $2 AND worker IS NOT NULL", claim.Lane, claim.Token, until) == 1
            ? claim with { Until = EndsHere(session, lease) }
            : null;
    }

    public static void Release(Session session, Claim claim)
    {
        if (Holds(session, claim)) GiveBack(session, claim.Lane);
    }

    public static bool Holds(Session session, Claim claim) =>
        session.Row($"SELECT 1 FROM lane WHERE id = $1 AND token = $2{session.Database.Locked("lane")}", _ => true, claim.Lane, claim.Token);

    /// <summary>One process owns the store: whoever held a lane when it opens is gone.</summary>
    /// <returns>How many lanes were free again.</returns>
    public static int FreeAll(Session session)
    {
        session.Begin();
        var leased = session.Rows("SELECT id FROM lane WHERE worker IS NOT NULL", row => row.GetInt64(0));
        foreach (var lane in leased) GiveBack(session, lane);
        session.Commit();
        return leased.Count;
    }

    /// <summary>How long from now until a lane can be claimed; null while nothing waits.</summary>
    public static TimeSpan? UntilDue(Session session, string baseUrl) => Ehrs.Find(session, baseUrl) is { } ehr
        ? session.Row("SELECT MIN(due_at) FROM lane WHERE ehr_id = $1 AND due_at IS NOT NULL", row => row.TimeOrNull(0), ehr) - DateTimeOffset.FromUnixTimeMilliseconds(session.Now)
        : null;

    // The caller has locked the lane.
    private static void GiveBack(Session session, long lane)
    {
        session.LanesChanged = true;
        session.Do($"UPDATE lane SET due_at = {DueAt}, worker = NULL, token = token + 1 WHERE id = $1", lane);
    }

    // The store counts by its own clock; the holder must stop in time by the clock that it has.
    private static DateTimeOffset EndsHere(Session session, TimeSpan lease) => DateTimeOffset.FromUnixTimeMilliseconds(session.Here) + lease;

    private static List<long> DueNotes(Session session, long lane, long now)
    {
        // Numbers that are always the same stand in the statement: SQLite prepares it anew for every limit that comes as a value.
        var waiting = session.Rows(
            $"""
            SELECT number, due FROM (SELECT number, COALESCE(next_attempt_at, received_at) AS due FROM note
                WHERE lane_id = $1 AND aside = 0 AND state IN ('queued', 'writing') ORDER BY number LIMIT {LargestClaim}) AS in_line
            UNION ALL
            SELECT number, due FROM (SELECT number, COALESCE(next_attempt_at, received_at) AS due FROM note
                WHERE lane_id = $1 AND aside = 1 AND state IN ('queued', 'writing') AND COALESCE(next_attempt_at, received_at) <= $2 ORDER BY number LIMIT {LargestClaim}) AS beside
            """,
            row => (Number: row.GetInt64(0), Due: row.GetInt64(1)), lane, now);
        // Of those aside only what is due is among them.
        var notYet = waiting.Where(note => note.Due > now).Select(note => note.Number).DefaultIfEmpty(long.MaxValue).Min();
        return [.. waiting.Select(note => note.Number).Where(number => number < notYet).Order().Take(LargestClaim)];
    }
}
