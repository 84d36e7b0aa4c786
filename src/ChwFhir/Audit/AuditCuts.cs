using System.Globalization;
using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Audit;

/// <summary>Where chains were cut, in the store. What the service did not say itself is no cut: whoever can write to the database would take away what they like with one.</summary>
internal static class AuditCuts
{
    public static IReadOnlyList<AuditCut> All(Session session) =>
        [.. session.Rows("SELECT chain, n, hash, said FROM audit_cut WHERE n > 0 ORDER BY chain", Read).OfType<AuditCut>()];

    public static AuditCut? Of(Session session, string chain) => session.Row("SELECT chain, n, hash, said FROM audit_cut WHERE n > 0 AND chain = $1", Read, chain);

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

    public static void Move(Session session, string chain, long number, byte[] hash) => session.Do(
        "UPDATE audit_cut SET n = $2, hash = $3, said = $4 WHERE chain = $1", chain, number, hash, Secret.AuditCut.Of(Said(number, Convert.ToHexStringLower(hash), session.Now), RowName.AuditCut(chain)));

    /// <summary>Whether any chain has a record of this time.</summary>
    public static bool IsAny(Session session, long since, long until) => session.Row("SELECT 1 FROM audit_record WHERE at >= $1 AND at < $2 LIMIT 1", _ => true, since, until);

    /// <returns>How many are gone.</returns>
    public static int Clear(Session session, string chain, long cut, int limit)
    {
        var ids = session.Rows("SELECT id FROM audit_record WHERE chain = $1 AND n >= 1 AND n <= $2 ORDER BY n LIMIT $3", row => row.GetInt64(0), chain, cut, limit);
        if (ids.Count > 0)
            session.Do("DELETE FROM audit_record WHERE chain = $1 AND n >= 1 AND n <= $2 AND id <= $3", chain, cut, ids.Max());
        return ids.Count;
    }

    private static AuditCut? Read(StoreRow row)
    {
        var (chain, number, hash) = (row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)));
        return row.TextIfItOpens(3, Secret.AuditCut, RowName.AuditCut(chain))?.Split(' ') is [var n, var of, var at] && n == number.ToString(CultureInfo.InvariantCulture) && of == hash
            ? new AuditCut(chain, number, hash, null, null) { At = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)) } : null;
    }

    private static string Said(long number, string hash, long at) => string.Create(CultureInfo.InvariantCulture, $"{number} {hash} {at}");
}
