using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChwFhir.Queue;

/// <summary>Tells a machine that cannot store (full disk, failing disk, locked file, database away) from a mistake of ours.</summary>
internal static class StorageTrouble
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static bool Is(Exception e) => e switch
    {
        // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB (sqlite.org/rescode.html)
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26,
        PostgresException postgres => IsMachine(postgres.SqlState),
        // No connection, a cut one, no answer in time.
        NpgsqlException => true,
        _ => e is IOException,
    };

    /// <summary>The same on another connection may go well; not that somebody held a lock for too long.</summary>
    public static bool IsOfConnection(Exception e) => Is(e) && e is not PostgresException { SqlState: "55P03" };

    public static StoreUnavailableException From(Exception e) => new("The store cannot take this now.", RetryAfter, e);

    /// <summary>The database's word for it; its message may quote what was to be stored.</summary>
    public static string? Code(Exception e) => e switch
    {
        SqliteException sqlite => $"{sqlite.SqliteErrorCode}",
        PostgresException postgres => postgres.SqlState,
        NpgsqlException { InnerException: { } inner } => inner.GetType().Name,
        _ => null,
    };

    // postgresql.org/docs/15/errcodes-appendix.html: connection, authorization, resources, operator, system, internal;
    // a database that is gone, read-only, or kept us waiting for a lock.
    private static bool IsMachine(string state) =>
        state[..2] is "08" or "28" or "53" or "57" or "58" or "XX" || state is "3D000" or "25006" or "25P03" or "55P03";
}
