using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ChwFhir.Queue.Databases;

/// <summary>One file in a folder that this process owns: one writer commits groups, readers have connections of their own.</summary>
internal sealed class SqliteDatabase(string directory) : Database
{
    private readonly StoreFolder _folder = StoreFolder.Own(directory);

    public override string Scripts => "Sqlite";

    public override string Place => Path.GetDirectoryName(_folder.DatabaseFile)!;

    // Several connections would starve each other; many callers share one flush to disk instead.
    public override (int Writers, int LargestGroup) Writing => (1, 256);

    public override bool Shared => false;

    public override string Locked(string table) => "";

    public override string SkipLocked => "";

    public override string TextsIn(string parameter) => $"SELECT value FROM json_each({parameter})";

    public override string NumbersIn(string parameter) => $"SELECT value FROM json_each({parameter})";

    public override DbConnection Connect(bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.DatabaseFile, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var pragmas = connection.CreateCommand();
            // FULL: a commit is on disk before it is answered, also when the machine loses its power.
            pragmas.CommandText = $"""
                PRAGMA busy_timeout = 5000;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA secure_delete = ON;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = {(readOnly ? -4000 : -32000)};
                PRAGMA query_only = {(readOnly ? "ON" : "OFF")};
                """;
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override string Begin(bool readOnly) => readOnly ? "BEGIN" : "BEGIN IMMEDIATE";

    // There is one writer, and it is told no number that it has not had.
    public override string NextNumber(string table, string column) => $"SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = '{table}'";

    // The log is emptied before, so that the file is written anew from its start, and after, so that nothing of before stays in it.
    public override void Sweep(Session session)
    {
        session.Script("PRAGMA wal_checkpoint(TRUNCATE)");
        session.Script("VACUUM");
        session.Script("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override object Stored(object value) => value;

    public override DbParameter Parameter(int position) => new SqliteParameter { ParameterName = $"${position}" };

    public override bool IsRace(Exception failure) => false;

    public override T Alone<T>(Session session, Func<T> work) => work();

    // The database may still find room in its log where the folder has none.
    public override void ProbePlace()
    {
        var probe = Path.Combine(Place, ".ready");
        try
        {
            File.WriteAllBytes(probe, "ready"u8);
            File.Delete(probe);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("The folder of the store cannot be written.", e);
        }
    }

    public override void Probe(Session session) => session.Row("SELECT COUNT(*) FROM ehr", row => row.GetInt64(0));

    public override StorageInUseException? WhyNotOpened(Exception failure) => StorageTrouble.Is(failure)
        ? new StorageInUseException($"{_folder.DatabaseFile} cannot be opened ({failure.Message}): mend the file, or set Storage__Directory to another folder.", failure)
        : null;

    public override void Dispose() => _folder.Dispose();
}
