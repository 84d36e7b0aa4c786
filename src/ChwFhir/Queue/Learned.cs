namespace ChwFhir.Queue;

/// <summary>What real answers taught about an EHR.</summary>
internal static class Learned
{
    public static void Save(Session session, string ehr, string type, string interaction, DateTimeOffset until) => session.Do(
        "INSERT INTO learned (ehr_id, type, interaction, until) VALUES ($1, $2, $3, $4) ON CONFLICT (ehr_id, type, interaction) DO UPDATE SET until = excluded.until",
        Ehrs.Keep(session, ehr), type, interaction, until.Milliseconds());

    public static IReadOnlyList<LearnedRow> Of(Session session, string ehr) => session.Rows(
        "SELECT type, interaction, until FROM learned WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND until > $2 ORDER BY type, interaction",
        row => new LearnedRow(row.GetString(0), row.GetString(1), row.Time(2)), ehr, session.Now);
}
