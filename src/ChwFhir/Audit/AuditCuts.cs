using ChwFhir.Queue;

namespace ChwFhir.Audit;

/// <summary>Where chains were cut, in the store.</summary>
internal static class AuditCuts
{
    public static IReadOnlyList<AuditCut> All(Session session) => session.Rows(
        "SELECT chain, n, hash FROM audit_cut WHERE n > 0 ORDER BY chain", row => new AuditCut(row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)), null, null));

    /// <summary>The last number that was cut off so far; where others may cut, they wait for each other here.</summary>
    public static long Lock(Session session, string chain)
    {
        session.Do("INSERT INTO audit_cut (chain, n, hash) VALUES ($1, 0, $2) ON CONFLICT (chain) DO NOTHING", chain, AuditSealing.Origin(chain));
        return session.Row($"SELECT n FROM audit_cut WHERE chain = $1{session.Database.Locked("audit_cut")}", row => row.GetInt64(0), chain);
    }

    /// <summary>The time of the oldest record behind a cut; null where there is none.</summary>
    public static long? Oldest(Session session, string chain, long cut) =>
        session.Rows("SELECT at FROM audit_record WHERE chain = $1 AND n > $2 ORDER BY n LIMIT 1", row => row.GetInt64(0), chain, cut) is [var at] ? at : null;

    /// <summary>The last of those that are all older.</summary>
    public static (long Number, byte[] Hash)? LastBefore(Session session, string chain, long cut, long before)
    {
        var newer = session.Rows("SELECT n FROM audit_record WHERE chain = $1 AND n > $2 AND at >= $3 ORDER BY n LIMIT 1", row => row.GetInt64(0), chain, cut, before) is [var number] ? number : long.MaxValue;
        return session.Rows(
            "SELECT n, hash FROM audit_record WHERE chain = $1 AND n > $2 AND n < $3 ORDER BY n DESC LIMIT 1", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), chain, cut, newer) is [var last] ? last : null;
    }

    public static void Move(Session session, string chain, long number, byte[] hash) => session.Do("UPDATE audit_cut SET n = $2, hash = $3 WHERE chain = $1", chain, number, hash);

    /// <returns>How many are gone.</returns>
    public static int Clear(Session session, string chain, long cut, int limit)
    {
        var ids = session.Rows("SELECT id FROM audit_record WHERE chain = $1 AND n >= 1 AND n <= $2 ORDER BY n LIMIT $3", row => row.GetInt64(0), chain, cut, limit);
        if (ids.Count > 0)
            session.Do("DELETE FROM audit_record WHERE chain = $1 AND n >= 1 AND n <= $2 AND id <= $3", chain, cut, ids.Max());
        return ids.Count;
    }
}
