using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ChwFhir.Queue;

/// <summary>One connection with its prepared statements. Parameters are <c>$1</c>, <c>$2</c>, … in the order of the values.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private Session(SqliteConnection connection, TimeProvider clock) => (_connection, _clock) = (connection, clock);

    /// <summary>Unix milliseconds.</summary>
    public long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Said by a write after which a lane may be due that was not before.</summary>
    public bool LanesChanged { get; set; }

    /// <summary>Every statement that was run here: what a test asks the query planner about.</summary>
    public IReadOnlyCollection<string> Statements => _statements.Keys;

    /// <param name="readOnly">Readers see what is committed and cannot change it.</param>
    public static Session Open(string file, TimeProvider clock, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
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
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = {(readOnly ? -4000 : -32000)};
                PRAGMA query_only = {(readOnly ? "ON" : "OFF")};
                """;
            pragmas.ExecuteNonQuery();
            return new Session(connection, clock);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public int Execute(string sql, params object?[] values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or the default when there is none.</summary>
    public T? Row<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var row = reader.Read() ? read(reader) : default;
        // A statement that returns what it wrote is done only when it was read to its end.
        while (reader.Read()) { }
        return row;
    }

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>A script of several statements, run once.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _statements.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] switch
        {
            null => DBNull.Value,
            ReadOnlyMemory<byte> bytes => Array(bytes),
            var value => value,
        };
        return command;
    }

    private static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
}
