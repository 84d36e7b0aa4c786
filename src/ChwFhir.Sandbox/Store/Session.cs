using ChwFhir.Sandbox.Search;
using Microsoft.Data.Sqlite;

namespace ChwFhir.Sandbox.Store;

/// <summary>What can be asked of and done to the store inside one database transaction.</summary>
internal sealed class Session(Sql sql)
{
    private const string Columns = "type, id, version, updated, deleted, json, patient, held, restricted";

    public Sql Sql => sql;

    public bool IsEmpty => sql.One("SELECT 1 FROM resource LIMIT 1") is null;

    public StoredResource? Find(string type, string id) =>
        sql.All($"SELECT {Columns} FROM resource WHERE type = $0 AND id = $1", Row, type, id).FirstOrDefault();

    public List<StoredResource> History(string type, string id) =>
        sql.All("SELECT type, id, version, updated, deleted, json, NULL, 0, 0 FROM version WHERE type = $0 AND id = $1 ORDER BY version DESC", Row, type, id);

    public bool Exists(string type, string id) =>
        sql.One("SELECT 1 FROM resource WHERE type = $0 AND id = $1 AND deleted = 0", type, id) is not null;

    public bool IsRestricted(string patient) =>
        sql.One("SELECT 1 FROM resource WHERE type = 'Patient' AND id = $0 AND restricted = 1", patient) is not null;

    /// <summary>A living resource that points at this one, if any does.</summary>
    public bool IsReferenced(string type, string id) =>
        sql.One("SELECT 1 FROM ref WHERE target_type = $0 AND target = $1 AND row <> (SELECT row FROM resource WHERE type = $0 AND id = $1) LIMIT 1", type, id) is not null;

    public void Put(StoredResource resource, IndexedValues values)
    {
        var row = (long)sql.One("""
            INSERT INTO resource (type, id, version, updated, deleted, held, restricted, patient, json) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (type, id) DO UPDATE SET version = $2, updated = $3, deleted = $4, held = $5, restricted = $6, patient = $7, json = $8
            RETURNING row
            """, resource.Type, resource.Id, resource.Version, resource.Updated.ToUnixTimeMilliseconds(), resource.Deleted ? 1 : 0,
            resource.Held ? 1 : 0, resource.Restricted ? 1 : 0, resource.Patient, resource.Json)!;
        sql.Run("INSERT INTO version (type, id, version, updated, deleted, json) VALUES ($0, $1, $2, $3, $4, $5)",
            resource.Type, resource.Id, resource.Version, resource.Updated.ToUnixTimeMilliseconds(), resource.Deleted ? 1 : 0, resource.Json);
        if (resource.Version > 1)
            ForgetValues(row);
        foreach (var (param, system, value) in values.Tokens)
            sql.Run("INSERT INTO token VALUES ($0, $1, $2, $3, $4)", row, resource.Type, param, system, value);
        foreach (var (param, value) in values.Texts)
            sql.Run("INSERT INTO text VALUES ($0, $1, $2, $3, $4)", row, resource.Type, param, value, Folding.Fold(value));
        foreach (var (param, range) in values.Dates)
            sql.Run("INSERT INTO date VALUES ($0, $1, $2, $3, $4)", row, resource.Type, param, range.Low, range.High);
        foreach (var (param, targetType, target) in values.References)
            sql.Run("INSERT INTO ref VALUES ($0, $1, $2, $3, $4)", row, resource.Type, param, targetType, target);
    }

    public static StoredResource Row(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetInt32(4) == 1, row.GetString(5))
        {
            Patient = row.IsDBNull(6) ? null : row.GetString(6),
            Held = row.GetInt32(7) == 1,
            Restricted = row.GetInt32(8) == 1
        };

    private void ForgetValues(long row)
    {
        sql.Run("DELETE FROM token WHERE row = $0", row);
        sql.Run("DELETE FROM text WHERE row = $0", row);
        sql.Run("DELETE FROM date WHERE row = $0", row);
        sql.Run("DELETE FROM ref WHERE row = $0", row);
    }
}
