using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ChwFhir.Sandbox.Store;

/// <summary>
/// The file <c>sandbox.db</c>: one writer at a time, readers beside it. Writes go through one gate, so that what a write looked up
/// (a conditional create, an <c>If-Match</c>) is still true when it commits.
/// </summary>
internal sealed class Database : IDisposable
{
    private const long Version = 1;
    private readonly string connectionString;
    private readonly ConcurrentBag<Sql> readers = [];
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Sql writer;

    public Database(string directory)
    {
        MakeFolder(directory);
        connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "sandbox.db"), Pooling = false, DefaultTimeout = 30 }.ToString();
        writer = Open();
        // WAL with NORMAL outlives the process at any instant; only a power cut may take the last commits of a sandbox.
        writer.One("PRAGMA journal_mode=WAL");
        var version = (long)writer.One("PRAGMA user_version")!;
        if (version == Version)
            return;
        if (version != 0)
            throw new SandboxStartException("The sandbox store was made by another version: delete sandbox.db in Storage__Directory to start afresh.");
        writer.Run(Schema);
        writer.Run($"PRAGMA user_version={Version}");
    }

    public async Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            writer.Run("BEGIN IMMEDIATE");
            try
            {
                var result = work(new Session(writer));
                writer.Run("COMMIT");
                return result;
            }
            catch
            {
                writer.Run("ROLLBACK");
                throw;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>One consistent picture: a search, its total and what it includes belong together.</summary>
    public T Read<T>(Func<Session, T> work)
    {
        if (!readers.TryTake(out var reader))
            reader = Open();
        reader.Run("BEGIN");
        try
        {
            return work(new Session(reader));
        }
        finally
        {
            reader.Run("ROLLBACK");
            readers.Add(reader);
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        while (readers.TryTake(out var reader))
            reader.Dispose();
        writer.Dispose();
    }

    private static void MakeFolder(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SandboxStartException($"Storage__Directory: '{directory}' cannot be made; allowed is a folder that this user may write.", e);
        }
    }

    private Sql Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        var sql = new Sql(connection);
        sql.Run("PRAGMA synchronous=NORMAL");
        sql.Run("PRAGMA foreign_keys=ON");
        return sql;
    }

    // One row a resource and one a version; the tables below hold what each search parameter found in it, written with it.
    private const string Schema = """
        CREATE TABLE resource (
          row INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, updated INTEGER NOT NULL,
          deleted INTEGER NOT NULL, held INTEGER NOT NULL, restricted INTEGER NOT NULL, patient TEXT, json TEXT NOT NULL, UNIQUE (type, id));
        CREATE INDEX resource_restricted ON resource (id) WHERE restricted = 1;
        CREATE TABLE version (
          type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, updated INTEGER NOT NULL, deleted INTEGER NOT NULL, json TEXT NOT NULL,
          PRIMARY KEY (type, id, version)) WITHOUT ROWID;
        CREATE TABLE token (row INTEGER NOT NULL REFERENCES resource, type TEXT NOT NULL, param TEXT NOT NULL, system TEXT, value TEXT NOT NULL);
        CREATE INDEX token_value ON token (type, param, value, system, row);
        CREATE INDEX token_row ON token (row);
        CREATE TABLE text (row INTEGER NOT NULL REFERENCES resource, type TEXT NOT NULL, param TEXT NOT NULL, value TEXT NOT NULL, folded TEXT NOT NULL);
        CREATE INDEX text_value ON text (type, param, folded, row);
        CREATE INDEX text_row ON text (row);
        CREATE TABLE date (row INTEGER NOT NULL REFERENCES resource, type TEXT NOT NULL, param TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL);
        CREATE INDEX date_low ON date (type, param, low, high, row);
        CREATE INDEX date_row ON date (row, param);
        CREATE TABLE ref (row INTEGER NOT NULL REFERENCES resource, type TEXT NOT NULL, param TEXT NOT NULL, target_type TEXT NOT NULL, target TEXT NOT NULL);
        CREATE INDEX ref_target ON ref (type, param, target, target_type, row);
        CREATE INDEX ref_back ON ref (target_type, target);
        CREATE INDEX ref_row ON ref (row);
        """;
}
