using System.Data.Common;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChwFhir.Queue.Databases;

/// <summary>
/// A PostgreSQL database that any number of instances share. Transactions are small, one write each: they hold one lane's lock for a moment, and
/// the server itself lets those that commit at the same time share one flush to disk.
/// </summary>
/// <param name="clockIsOurs">Leases go by the clock given to the store instead of the server's: for tests that move the clock.</param>
internal sealed partial class PostgresDatabase(string connectionString, bool clockIsOurs, ILogger log) : Database
{
    // Advisory locks of one database, by our own number: 0 while migrations run, else the slot of a writer.
    private const int LockClass = 0x43485746;
    private const int Slots = 512;

    private readonly PostgresBell _bell = new(Settings(connectionString, builder => builder.KeepAlive = 30));
    private readonly string _connectionString = Settings(connectionString, _ => { });

    public override string Scripts => "Postgres";

    public override string Place => "PostgreSQL";

    public override (int Writers, int LargestGroup) Writing => (8, 1);

    public override bool Shared => true;

    // NO KEY: notes that come in meanwhile may point to the row.
    public override string Locked(string table) => $" FOR NO KEY UPDATE OF {table}";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public override TimeSpan? LookAgainAfter => TimeSpan.FromSeconds(2);

    public override string TextsIn(string parameter) => $"SELECT jsonb_array_elements_text({parameter}::JSONB)";

    public override string NumbersIn(string parameter) => $"SELECT jsonb_array_elements_text({parameter}::JSONB)::BIGINT";

    public override DbConnection Connect(bool readOnly)
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            // A commit is on disk before it is answered, whatever the server's default. An instance that stands still with a lock in its hand
            // loses the connection; nobody waits for a lock for ever.
            settings.CommandText = """
                SET synchronous_commit = on;
                SET lock_timeout = '10s';
                SET idle_in_transaction_session_timeout = '30s';
                """;
            if (!readOnly) settings.CommandText += $"""
                SELECT set_config('chwfhir.slot', (SELECT slot FROM generate_series(1, {Slots}) AS slot WHERE pg_try_advisory_lock({LockClass}, slot) LIMIT 1)::TEXT, false);
                """;
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override string Begin(bool readOnly) =>
        readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    public override string? Moment => clockIsOurs ? null : "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT";

    public override string NextNumber(string table, string column) => $"SELECT nextval(pg_get_serial_sequence('{table}', '{column}'))";

    // Its own log keeps what was in it until it is recycled, as backups do.
    public override void Sweep(Session session)
    {
        foreach (var table in Sealing.SealedTables.All) session.Script($"VACUUM FULL {table.Name}");
    }

    public override object Stored(object value) => value switch
    {
        int number => (long)number,
        string text => Storable(text),
        string?[] texts => Array.ConvertAll(texts, text => text is null ? null : Storable(text)),
        _ => value,
    };

    public override DbParameter Parameter(int position) => new NpgsqlParameter();

    // Serialization failure, deadlock, and a key that somebody else inserted between our look and our insert.
    public override bool IsRace(Exception failure) => failure is PostgresException { SqlState: "40001" or "40P01" or "23505" };

    public override T Alone<T>(Session session, Func<T> work)
    {
        Look(session);
        session.Script($"SET lock_timeout = '2min'; SELECT pg_advisory_lock({LockClass}, 0)");
        try
        {
            return work();
        }
        finally
        {
            session.Script($"SELECT pg_advisory_unlock({LockClass}, 0)");
        }
    }

    // A transaction with a number of its own is written to the server's log when it commits.
    public override void Probe(Session session) => session.Row("SELECT pg_current_xact_id()::TEXT", row => row.GetString(0));

    public override void Tell() => _bell.Tell();

    public override void Listen(Action ring) => _bell.Listen(ring);

    public override StorageInUseException? WhyNotOpened(Exception failure) => failure switch
    {
        PostgresException { SqlState: "42501" } => Line("PostgreSQL does not let this user create tables: make it the owner of the database or of its schema public"),
        PostgresException { SqlState: "3D000" } => Line("PostgreSQL has no database of this name: create it"),
        PostgresException { SqlState: ['2', '8', ..] } => Line("PostgreSQL refuses this user or its password"),
        _ when StorageTrouble.Is(failure) => Line($"PostgreSQL cannot be reached or does not answer ({StorageTrouble.Code(failure) ?? failure.GetType().Name})"),
        _ => null,
    };

    // Refused connections, a server that starts or stops; not a wrong password or a database that is not there.
    public override bool MayComeBack(Exception failure) =>
        failure is PostgresException { SqlState: ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] } || failure is NpgsqlException and not PostgresException;

    public override void Dispose() => _bell.Dispose();

    private StorageInUseException Line(string what) => new($"Storage__ConnectionString: {what}.");

    private void Look(Session session)
    {
        var encoding = session.Row("SHOW server_encoding", row => row.GetString(0));
        if (encoding != "UTF8") throw Line($"the database's encoding is {encoding}: create one with ENCODING 'UTF8'");
        if (session.Row("SHOW fsync", row => row.GetString(0)) != "on") Log.NotDurable(log);
    }

    // What is ours to say, whatever the site's connection string says: one connection a session, no values of patients in error messages.
    private static string Settings(string connectionString, Action<NpgsqlConnectionStringBuilder> more)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            IncludeErrorDetail = false,
            MaxAutoPrepare = 256,
            AutoPrepareMinUsages = 2,
            TcpKeepAlive = true,
            ApplicationName = given.ApplicationName ?? "ChwFhir",
            Timeout = given.ShouldSerialize("Timeout") ? given.Timeout : 5,
            CommandTimeout = given.ShouldSerialize("Command Timeout") ? given.CommandTimeout : 15,
        };
        more(settings);
        return settings.ConnectionString;
    }

    // PostgreSQL keeps no U+0000 and no half of a surrogate pair in text; what came in is kept to the byte beside it, as bytes.
    private static string Storable(string text)
    {
        if (text.Contains('\0')) text = text.Replace('\0', '\u2400');
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "PostgreSQL runs with fsync off: what was accepted may be lost when its machine stops.")]
        public static partial void NotDurable(ILogger log);
    }
}
