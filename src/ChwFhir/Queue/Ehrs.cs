namespace ChwFhir.Queue;

/// <summary>Notes, ledger and what was learned belong to the EHR that they were received for.</summary>
internal static class Ehrs
{
    public static long? Find(Session session, string baseUrl) =>
        session.Row("SELECT id FROM ehr WHERE base_url = $1", row => (long?)row.GetInt64(0), baseUrl);

    public static long Keep(Session session, string baseUrl) =>
        Find(session, baseUrl) ?? session.Row("INSERT INTO ehr (base_url) VALUES ($1) RETURNING id", row => row.GetInt64(0), baseUrl);
}
