using System.Data.Common;
using System.Runtime.InteropServices;
using ChwFhir.Queue.Databases;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>One connection with its prepared statements. Parameters are <c>$1</c>, <c>$2</c>, … in the order of the values.</summary>
internal sealed class Session : IDisposable
{
    private readonly DbConnection _connection;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, DbCommand> _statements = new(StringComparer.Ordinal);
    private readonly Pipeline? _pipeline;
    private long? _now;
    private long? _here;

    private Session(Database database, DbConnection connection, TimeProvider clock, bool readOnly)
    {
        (Database, _connection, _clock, ReadOnly) = (database, connection, clock, readOnly);
        // A server is another process: what it is told costs little, what it is asked and waited for costs much.
        if (connection.CanCreateBatch) _pipeline = new Pipeline(database, connection);
    }

    public Database Database { get; }

    public bool ReadOnly { get; }

    /// <summary>Ids of EHRs that are committed: they never change.</summary>
    public KnownEhrs Ehrs { get; } = new();

    /// <summary>Unix milliseconds. Where instances share a database it is the database's clock that counts, and a transaction is one moment.</summary>
    public long Now
    {
        get
        {
            if (Database.Moment is null) return Here;
            if (_now is null) Flush();
            return _now ?? Here;
        }
    }

    /// <summary>The same moment by the clock of this process, or a little before: what is counted from it ends here no later than for the database.</summary>
    public long Here => _here ?? _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The database has answered since the transaction was begun.</summary>
    public bool Answered { get; private set; }

    /// <summary>Said by a write after which a lane may be due that was not before.</summary>
    public bool LanesChanged { get; set; }

    /// <summary>Every statement that was run here: what a test asks the query planner about.</summary>
    public IReadOnlyCollection<string> Statements => _pipeline?.Statements ?? _statements.Keys;

    /// <param name="readOnly">Readers see what is committed and cannot change it.</param>
    public static Session Open(Database database, TimeProvider clock, bool readOnly) => new(database, database.Connect(readOnly), clock, readOnly);

    public void Begin()
    {
        LanesChanged = Answered = false;
        (_now, _here) = (null, null);
        Do(Database.Begin(ReadOnly));
        if (Database.Moment is not { } moment) return;
        _here = Here;
        Look(moment, row => Is(row.GetInt64(0)), []);
    }

    /// <summary>
    /// On disk when it returns. What waits to be sent goes with it, unless it is the first that is sent, for the connection may be broken, or may
    /// forbid the commit.
    /// </summary>
    public void Commit()
    {
        if (!Answered) Flush();
        Check();
        Execute("COMMIT");
        Ehrs.Keep();
    }

    public void Rollback()
    {
        Ehrs.Forget();
        _pipeline?.Clear();
        Execute("ROLLBACK");
    }

    public void RollbackTo(string savepoint)
    {
        Ehrs.Forget();
        _pipeline?.Clear();
        Execute($"ROLLBACK TO {savepoint}");
    }

    /// <summary>A statement of which nothing is asked: where the database is a server, it goes with the next one of which something is.</summary>
    public void Do(string sql, params object?[] values)
    {
        if (_pipeline is null) Execute(sql, values);
        else _pipeline.Add(sql, values);
    }

    /// <summary>
    /// The work goes no further than to the next answer, and never to the commit, if this finds no row: what is sent behind it is taken back with it.
    /// </summary>
    public void Require(string sql, Func<Exception> otherwise, params object?[] values) => Demand(sql, otherwise, row: true, values);

    /// <summary>The same if it finds one.</summary>
    public void Forbid(string sql, Func<Exception> otherwise, params object?[] values) => Demand(sql, otherwise, row: false, values);

    /// <summary>Rows are taken for oneself before one looks at them.</summary>
    public void Lock(string sql, params object?[] values) => Look(sql, _ => { }, values);

    /// <summary>Asked with the next question, and read when that is answered.</summary>
    public void Hear(string sql, Action<StoreRow> read, params object?[] values) => Look(sql, read, values);

    /// <summary>Sends what may forbid the rest, if it has not been sent.</summary>
    public void Check()
    {
        if (_pipeline is { MayForbid: true }) Flush();
    }

    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params object?[] values)
    {
        var changed = _pipeline?.Execute(sql, values) ?? Prepare(sql, values).ExecuteNonQuery();
        Answered = true;
        return changed;
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public T? Row<T>(string sql, Func<StoreRow, T> read, params object?[] values)
    {
        T? first = default;
        var any = false;
        Ask(sql, values, row =>
        {
            // A statement that returns what it wrote is done only when it was read to its end.
            if (!any) first = read(row);
            any = true;
        });
        return first;
    }

    public List<T> Rows<T>(string sql, Func<StoreRow, T> read, params object?[] values)
    {
        var rows = new List<T>();
        Ask(sql, values, row => rows.Add(read(row)));
        return rows;
    }

    /// <summary>The number that a table's next row is to have: what is sealed for the row is sealed with it. Heard with whatever is asked next.</summary>
    public Func<long> Next(string table, string column)
    {
        long? next = null;
        Hear(Database.NextNumber(table, column), row => next = row.GetInt64(0));
        return () =>
        {
            if (next is null) Flush();
            return next!.Value;
        };
    }

    /// <summary>Sends what waits, and hears whether it went well.</summary>
    public void Flush()
    {
        if (_pipeline is null or { IsEmpty: true }) return;
        _pipeline.Flush();
        Answered = true;
    }

    /// <summary>A script of several statements, run once.</summary>
    public void Script(string sql)
    {
        Flush();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private void Is(long now)
    {
        _now = now;
        // Rather a little too early than too late: the answer took its time.
        Database.Ahead = now - _clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    private void Demand(string sql, Func<Exception> otherwise, bool row, object?[] values)
    {
        var found = false;
        Look(sql, _ => found = true, values, then: () =>
        {
            if (found != row) throw otherwise();
        });
    }

    private void Look(string sql, Action<StoreRow> read, object?[] values, Action? then = null)
    {
        if (_pipeline is not null)
        {
            _pipeline.Add(sql, values, read, then);
            return;
        }
        Ask(sql, values, read);
        then?.Invoke();
    }

    private void Ask(string sql, object?[] values, Action<StoreRow> read)
    {
        if (_pipeline is not null)
        {
            _pipeline.Add(sql, values, read);
            Flush();
            return;
        }
        using var reader = Prepare(sql, values).ExecuteReader();
        var row = new StoreRow(reader, Database.Vault);
        while (reader.Read()) read(row);
        Answered = true;
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
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = Stored(Database, values[i]);
        return command;
    }

    /// <summary>What a parameter holds for a value.</summary>
    public static object Stored(Database database, object? value) => value switch
    {
        null => DBNull.Value,
        ReadOnlyMemory<byte> bytes => Array(bytes),
        ToSeal secret => secret.Under(database.Vault ?? throw new InvalidOperationException("The store is not open yet.")),
        _ => database.Stored(value),
    };

    /// <summary>The bytes as a whole array, copied only where they are part of a larger one.</summary>
    public static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
}
