using ChwFhir.Queue;

namespace ChwFhir.Audit;

/// <summary>How far the work over the ledger and the chains has come.</summary>
internal static class AuditCursors
{
    public const string Ledger = "ledger";

    public static string Sent(string chain) => $"sent/{chain}";

    /// <summary>Where others may do the same work, they wait for each other here.</summary>
    public static long Lock(Session session, string name)
    {
        session.Do("INSERT INTO audit_cursor (name, place) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING", name);
        return session.Row($"SELECT place FROM audit_cursor WHERE name = $1{session.Database.Locked("audit_cursor")}", row => row.GetInt64(0), name);
    }

    public static long Of(Session session, string name) => session.Row("SELECT place FROM audit_cursor WHERE name = $1", row => row.GetInt64(0), name);

    public static void Move(Session session, string name, long place) => session.Do("UPDATE audit_cursor SET place = $2 WHERE name = $1", name, place);
}
