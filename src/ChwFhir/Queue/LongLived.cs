using System.Data.Common;
using System.Text.Json;

namespace ChwFhir.Queue;

/// <summary>Plans, goals, concerns, referrals and caregivers of one patient as the service last wrote them.</summary>
internal static class LongLived
{
    public static IReadOnlyList<LongLivedRow> Of(Session session, string ehr, string patient) => session.Rows(
        """
        SELECT key, type, reference, version, body, visit_at, visit_offset, folded_text, times, seen, applied, withdrawn FROM long_lived
        WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND patient = $2 ORDER BY key
        """,
        Read, ehr, patient);

    /// <summary>Under the chart that the note was written to. Where it once stood in the EHR is not forgotten when a visit only adds to what is said of it.</summary>
    public static void Save(Session session, long number, IReadOnlyList<LongLivedRow> rows)
    {
        foreach (var row in rows) session.Do(
            """
            INSERT INTO long_lived (ehr_id, patient, key, type, reference, version, body, visit_at, visit_offset, folded_text, times, seen, applied, withdrawn)
            SELECT ehr_id, patient, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM note WHERE number = $1
            ON CONFLICT (ehr_id, patient, key) DO UPDATE SET type = excluded.type, reference = COALESCE(excluded.reference, long_lived.reference),
                version = CASE WHEN excluded.reference IS NULL THEN long_lived.version ELSE excluded.version END,
                body = excluded.body, visit_at = excluded.visit_at, visit_offset = excluded.visit_offset, folded_text = excluded.folded_text,
                times = excluded.times, seen = excluded.seen, applied = excluded.applied, withdrawn = excluded.withdrawn
            """,
            number, row.Key, row.Type, row.Reference, row.Version, row.Body, row.VisitTime.Milliseconds(), row.VisitTime.OffsetMinutes(), row.FoldedText,
            row.Times is null ? null : JsonSerializer.Serialize(row.Times), row.Seen, row.Applied, row.Withdrawn ? 1 : 0);
    }

    private static LongLivedRow Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Text(2), row.Text(3), row.GetFieldValue<byte[]>(4), row.Time(5, 6), row.Text(7))
        {
            Times = row.Text(8) is { } times ? JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(times) : null,
            Seen = row.Bytes(9),
            Applied = row.Bytes(10),
            Withdrawn = row.GetInt32(11) == 1,
        };
}
