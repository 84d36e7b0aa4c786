namespace ChwFhir.Queue;

/// <summary>Notes, ledger and what was learned belong to the EHR that they were received for.</summary>
internal static class Ehrs
{
    public static long? Find(Session session, string baseUrl)
    {
        if (session.Ehrs.Find(baseUrl) is { } known) return known;
        return session.Row("SELECT id FROM ehr WHERE base_url = $1", row => (long?)row.GetInt64(0), baseUrl) is { } id ? session.Ehrs.Meet(baseUrl, id) : null;
    }

    public static long Keep(Session session, string baseUrl) =>
        Find(session, baseUrl) ?? session.Ehrs.Meet(baseUrl, session.Row("INSERT INTO ehr (base_url) VALUES ($1) RETURNING id", row => row.GetInt64(0), baseUrl));
}
