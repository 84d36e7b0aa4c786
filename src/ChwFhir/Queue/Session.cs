using System.Data.Common;
using System.Runtime.InteropServices;
using ChwFhir.Queue.Databases;

namespace ChwFhir.Queue;

/// <summary>One connection with its prepared statements. Parameters are <c>$1</c>, <c>$2</c>, … in the order of the values.</summary>
internal sealed class Session : IDisposable
{
    private readonly DbConnection _connection;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, DbCommand> _statements = new(StringComparer.Ordinal);
    private long? _now;
    private long? _here;

    private Session(Database database, DbConnection connection, TimeProvider clock, bool readOnly) =>
        (Database, _connection, _clock, ReadOnly) = (database, connection, clock, readOnly);

    public Database Database { get; }

    public bool ReadOnly { get; }

    /// <summary>Unix milliseconds. Where instances share a database it is the database's clock that counts, and a transaction is one moment.</summary>
    public long Now => _now ?? Here;

    /// <summary>The same moment by the clock of this process, or a little before: what is counted from it ends here no later than for the database.</summary>
    public long Here => _here ?? _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Said by a write after which a lane may be due that was not before.</summary>
    public bool LanesChanged { get; set; }

    /// <summary>Every statement that was run here: what a test asks the query planner about.</summary>
    public IReadOnlyCollection<string> Statements => _statements.Keys;

    /// <param name="readOnly">Readers see what is committed and cannot change it.</param>
    public static Session Open(Database database, TimeProvider clock, bool readOnly) => new(database, database.Connect(readOnly), clock, readOnly);

    public void Begin()
    {
        LanesChanged = false;
        (_now, _here) = (null, null);
        var here = Here;
        if (Database.Begin(this) is not { } now) return;
        (_now, _here) = (now, here);
        // Rather a little too early than too late: the answer took its time.
        Database.Ahead = now - _clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void Commit() => Execute("COMMIT");

    public void Rollback() => Execute("ROLLBACK");

    public int Execute(string sql, params object?[] values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or the default when there is none.</summary>
    public T? Row<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var row = reader.Read() ? read(reader) : default;
        // A statement that returns what it wrote is done only when it was read to its end.
        while (reader.Read()) { }
        return row;
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
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

    private DbCommand Prepare(string sql, object?[] values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(Database.Parameter(i));
            _statements.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] switch
        {
            null => DBNull.Value,
            ReadOnlyMemory<byte> bytes => Array(bytes),
            var value => Database.Stored(value),
        };
        return command;
    }

    private static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
}
