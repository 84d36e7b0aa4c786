using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>What became of each resource of a note.</summary>
internal static class Resources
{
    private const string AsPlanned = "WHERE resource.state NOT IN ('written', 'held', 'unknown') OR (resource.edition < excluded.edition AND excluded.state = 'written')";

    public static IReadOnlyList<ResourceRow> Of(Session session, long number) =>
        session.Rows("SELECT number, key, type, state, reference, version, how, identity, edition FROM resource WHERE number = $1 ORDER BY position", Read, number);

    public static ILookup<long, ResourceRow> Of(Session session, IEnumerable<long> numbers) =>
        session.Rows(
            $"""
            SELECT number, key, type, state, reference, version, how, identity, edition FROM resource
            WHERE number IN ({session.Database.NumbersIn("$1")}) ORDER BY number, position
            """,
            row => (Number: row.GetInt64(0), Row: Read(row)), $"[{string.Join(',', numbers)}]").ToLookup(found => found.Number, found => found.Row);

    /// <summary>
    /// The mapping knows which resources there are, not what became of them: what is past pending stays. What the EHR has, or may have, is never planned
    /// anew. What an earlier edition of the note wrote becomes this one's when it says how it stands now.
    /// </summary>
    /// <param name="mapped">Null when the note was not mapped anew.</param>
    public static void Keep(Session session, long number, IReadOnlyList<ResourceRow>? mapped, IReadOnlyList<ResourceRow> planned)
    {
        if (mapped is not null)
            session.Do($"DELETE FROM resource WHERE number = $1 AND state = 'pending' AND key NOT IN ({session.Database.TextsIn("$2")})", number, Secret.Key.Any(mapped.Select(row => row.Key), number));
        // What is both is written once, as it is planned.
        Dictionary<string, ResourceRow> plans = [];
        foreach (var row in planned) plans[row.Key] = row;
        foreach (var row in mapped ?? [])
        {
            if (plans.Remove(row.Key, out var plan)) Save(session, number, plan with { Identity = plan.Identity ?? row.Identity }, AsPlanned);
            else Save(session, number, row, "WHERE resource.state = 'pending'");
        }
        foreach (var row in planned.Where(row => plans.ContainsKey(row.Key))) Save(session, number, row, AsPlanned);
    }

    public static void Record(Session session, long number, IReadOnlyList<ResourceRow> rows)
    {
        foreach (var row in rows) Save(session, number, row, "");
    }

    /// <summary>What the EHR has of a type from the latest notes, newest first: among these many, a few are found or none.</summary>
    // CROSS JOIN: SQLite would rather read every note of the EHR first.
    public static IReadOnlyList<WrittenRow> LatestWritten(Session session, string ehr, string type, int limit) => session.Rows(
        $"""
        SELECT note.id, note.patient, resource.key, resource.type, resource.identity, resource.reference, note.updated_at, note.number
        FROM resource CROSS JOIN note
        WHERE note.number = resource.number AND resource.type = $2 AND resource.state = 'written' AND resource.reference IS NOT NULL
            AND note.ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND resource.number > (SELECT MAX(number) FROM note) - 1000
        ORDER BY resource.number DESC LIMIT {limit}
        """,
        Written, ehr, type);

    /// <summary>The notes of a patient that keep something of a type here for one reason.</summary>
    public static IReadOnlyList<long> KeptBy(Session session, string ehr, string patient, string type, string why, string except) => session.Rows(
        """
        SELECT note.number FROM note
        WHERE note.ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND note.patient = $2 AND note.id <> $5 AND note.state <> 'retracted'
            AND EXISTS (SELECT 1 FROM resource WHERE resource.number = note.number AND resource.type = $3 AND resource.state = 'kept' AND resource.how = $4)
            AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.number = note.number)
        ORDER BY note.number
        """,
        row => row.GetInt64(0), ehr, Secret.Patient.Of(patient), type, Secret.How.Of(why), Secret.CallersId.Of(except));

    private static void Save(Session session, long number, ResourceRow row, string where) => session.Do(
        $"""
        INSERT INTO resource (number, key, position, type, state, reference, version, how, identity, edition)
        VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM resource WHERE number = $1), $3, $4, $5, $6, $7, $8, (SELECT edition FROM note WHERE number = $1))
        ON CONFLICT (number, key) DO UPDATE SET type = excluded.type, state = excluded.state, reference = excluded.reference,
            version = excluded.version, how = excluded.how, identity = COALESCE(excluded.identity, resource.identity), edition = excluded.edition
        {where}
        """,
        number, Secret.Key.Of(row.Key, number), row.Type, Words.Of(row.State), Secret.Reference.Of(row.Reference, RowName.Resource(number, row.Key)), row.Version, Secret.How.Of(row.How), Secret.Identity.Of(row.Identity));

    private static WrittenRow Written(StoreRow row)
    {
        var key = row.GetString(2, Secret.Key);
        return new WrittenRow(
            row.GetString(0, Secret.CallersId), row.GetString(1, Secret.Patient), key, row.GetString(3), row.Text(4, Secret.Identity), row.GetString(5, Secret.Reference, RowName.Resource(row.GetInt64(7), key)), row.Time(6));
    }

    private static ResourceRow Read(StoreRow row) => Read(row, row.GetString(1, Secret.Key));

    private static ResourceRow Read(StoreRow row, string key) => new(
        key, row.GetString(2), Words.TryParse<ResourceState>(row.GetString(3), out var state) ? state : throw new InvalidDataException("A resource has a state that is none."),
        row.Text(4, Secret.Reference, RowName.Resource(row.GetInt64(0), key)), row.Text(5), row.Text(6, Secret.How), row.Text(7, Secret.Identity)) { Edition = row.GetInt32(8) };
}
