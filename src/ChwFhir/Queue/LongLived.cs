using System.Text.Json;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Plans, goals, concerns, referrals and caregivers of one patient as the service last wrote them.</summary>
internal static class LongLived
{
    public static IReadOnlyList<LongLivedRow> Of(Session session, string ehr, string patient) =>
    [
        .. session.Rows(
        """
        SELECT key, type, reference, version, body, visit_at, visit_offset, folded_text, times, seen, applied, withdrawn, ehr_id FROM long_lived
        WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND patient = $2
        """,
        row => Read(row, patient), ehr, Secret.Patient.Of(patient)).OrderBy(row => row.Key, StringComparer.Ordinal),
    ];

    /// <summary>Under the chart that the note was written to. Where it once stood in the EHR is not forgotten when a visit only adds to what is said of it.</summary>
    public static void Save(Session session, long number, IReadOnlyList<LongLivedRow> rows)
    {
        if (rows.Count == 0) return;
        var (ehr, patient) = session.Row("SELECT ehr_id, patient FROM note WHERE number = $1", row => (row.GetInt64(0), row.GetString(1, Secret.Patient)), number);
        foreach (var row in rows) Save(session, ehr, patient, row, RowName.LongLived(ehr, patient, row.Key));
    }

    private static void Save(Session session, long ehr, string patient, LongLivedRow row, RowName name) =>
        session.Do(
            """
            INSERT INTO long_lived (ehr_id, patient, key, type, reference, version, body, visit_at, visit_offset, folded_text, times, seen, applied, withdrawn)
            VALUES ($1, $14, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (ehr_id, patient, key) DO UPDATE SET type = excluded.type, reference = COALESCE(excluded.reference, long_lived.reference),
                version = CASE WHEN excluded.reference IS NULL THEN long_lived.version ELSE excluded.version END,
                body = excluded.body, visit_at = excluded.visit_at, visit_offset = excluded.visit_offset, folded_text = excluded.folded_text,
                times = excluded.times, seen = excluded.seen, applied = excluded.applied, withdrawn = excluded.withdrawn
            """,
            ehr, Secret.Identity.Of(row.Key), row.Type, Secret.Reference.Of(row.Reference, name), row.Version, Secret.LongLived.Of(row.Body, name), row.VisitTime.Milliseconds(), row.VisitTime.OffsetMinutes(),
            Secret.FoldedText.Of(row.FoldedText, name),
            row.Times is null ? null : JsonSerializer.Serialize(row.Times), Secret.Seen.Of(row.Seen, name), Secret.Applied.Of(row.Applied, name), row.Withdrawn ? 1 : 0, Secret.Patient.Of(patient));

    private static LongLivedRow Read(StoreRow row, string patient)
    {
        var key = row.GetString(0, Secret.Identity);
        return Read(row, key, RowName.LongLived(row.GetInt64(12), patient, key));
    }

    private static LongLivedRow Read(StoreRow row, string key, RowName name) =>
        new(key, row.GetString(1), row.Text(2, Secret.Reference, name), row.Text(3), row.GetBytes(4, Secret.LongLived, name), row.Time(5, 6), row.Text(7, Secret.FoldedText, name))
        {
            Times = row.Text(8) is { } times ? JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(times) : null,
            Seen = row.Bytes(9, Secret.Seen, name),
            Applied = row.Bytes(10, Secret.Applied, name),
            Withdrawn = row.GetInt32(11) == 1,
        };
}
